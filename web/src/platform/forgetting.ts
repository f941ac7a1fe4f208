// Empties what this browser remembers, for whoever sits here next.

/** As `storage` writes it. */
const OURS = "tingting.";

/** Forgets all that the page has remembered but what is named. */
export function forgetAllBut(kept: readonly string[]): void {
  for (const shelf of [() => localStorage, () => sessionStorage])
    try {
      const all = Object.keys(shelf()).filter((key) => key.startsWith(OURS));
      for (const key of all) if (!kept.includes(key.slice(OURS.length))) shelf().removeItem(key);
    } catch {
      // What could not be written is not there either.
    }
}
