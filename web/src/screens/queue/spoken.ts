// When the place in the queue is said aloud: at most each five seconds, however often it moves. Pure.
const SAID_EVERY_MS = 5_000;

export type Said = { atMs: number; position: number };

export function isToBeSaid(last: Said | null, now: Said): boolean {
  if (!last) return true;
  return now.position !== last.position && now.atMs - last.atMs >= SAID_EVERY_MS;
}
