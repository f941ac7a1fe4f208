// The code of a ticket out of what was typed or scanned. Pure.
import { parsePath } from "./address";

/** A ticket's QR code is an address: its end is the code. Whoever types may leave spaces. */
export function ticketCodeOf(text: string): string | null {
  const typed = text.normalize("NFKC").replace(/\s/g, "");
  const path = typed.includes("/door/") ? typed.slice(typed.indexOf("/door/")) : `/door/${typed}`;
  const where = parsePath(path);
  return where.kind === "shows" && where.page === "door" && where.id !== "" ? where.id : null;
}
