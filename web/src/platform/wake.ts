// When it is worth doing at once what would otherwise wait: the machine woke, the line is back, the page is seen
// again, or the person asks for it.
import { after, type Cancel, catchUp, every, localNow } from "./time";

/** `lostMs` is how long the page did not run, as far as that can be told; 0 when it ran all the time. */
type Waker = (lostMs: number) => void;

const wakers = new Set<Waker>();

/** Calls `run` at each waking, until it is cancelled. */
export function onWake(run: Waker): Cancel {
  wakers.add(run);
  return () => wakers.delete(run);
}

/** Wakes everything that waits. */
export function wake(lostMs = 0): void {
  // What is added meanwhile belongs to the next waking.
  for (const run of Array.from(wakers)) run(lostMs);
}

/** Asks anew for everything at once, as after a sleep: what is on its way is not waited for any longer. */
export const askAnew = () => wake(1);

/** Waits so long, or until something wakes. */
export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stopTimer();
      stopWaiting();
      resolve();
    };
    const stopTimer = after(ms, done);
    const stopWaiting = onWake(done);
  });
}

const LONGEST_REST_MS = 8_000;

/** Tries again until it succeeds, with waits that grow from a second, or until nobody wants it any more. */
export async function insist<T>(
  work: () => Promise<T>,
  isWanted: () => boolean = () => true,
): Promise<T | null> {
  for (let restMs = 1_000; isWanted(); restMs = Math.min(LONGEST_REST_MS, restMs * 2)) {
    try {
      return await work();
    } catch {
      await rest(restMs);
    }
  }
  return null;
}

const LOOK_EVERY_MS = 250;
/** A look this long after the last one tells that the page stood still. Hidden pages look once a second at most. */
const LATE_MS = 4_000;

let lookedAt = 0;

/** Looks whether the page stood still since the last look, and wakes everything if so. */
function look(isToWake: boolean): void {
  const sleptMs = catchUp();
  const now = localNow();
  const goneMs = now - lookedAt;
  lookedAt = now;
  const lostMs = sleptMs > 0 || goneMs > LATE_MS ? goneMs : 0;
  if (lostMs > 0 || isToWake) wake(lostMs);
}

/** Begins to watch for sleep and for lines that come back: to be called once, when the page starts. */
export function startWaking(): void {
  lookedAt = localNow();
  every(LOOK_EVERY_MS, () => look(false));
  const wakeNow = () => look(true);
  addEventListener("online", wakeNow);
  addEventListener("pageshow", wakeNow);
  document.addEventListener("resume", wakeNow);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wakeNow();
  });
}
