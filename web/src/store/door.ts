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

/** A camera loses sight of a code for a moment now and then; one that was away longer is shown anew. */
const AWAY_MS = 1_500;

/** What a camera has in sight: a code that stays before it is read once. */
export class Sight {
  readonly #seenAtMs = new Map<string, number>();

  /** Tells whether the code comes into sight now. */
  isNew(text: string, nowMs: number): boolean {
    for (const [seen, atMs] of this.#seenAtMs)
      if (nowMs - atMs > AWAY_MS) this.#seenAtMs.delete(seen);
    const isNew = !this.#seenAtMs.has(text);
    this.#seenAtMs.set(text, nowMs);
    return isNew;
  }
}
