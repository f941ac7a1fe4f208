// The code of a ticket out of what was typed or scanned. Pure.
import { doorPath, parsePath } from "./address";

/** A ticket's QR code is an address: its end is the code. Whoever types may leave spaces, and use small letters. */
export function ticketCodeOf(text: string): string | null {
  const typed = text.normalize("NFKC").replace(/\s/g, "");
  const [, end = typed] = /\/door\/(.*)$/.exec(typed) ?? [];
  const path = doorPath(end.toUpperCase());
  const where = parsePath(path);
  return where.kind === "shows" && where.page === "door" && where.id !== "" ? where.id : null;
}
