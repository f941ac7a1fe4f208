// The one owner of the machine's clock and timers. Everything else is handed what it needs.

/** Less than this is the drift between two clocks, not a sleep. */
const SLEEP_MS_MIN = 1_000;

let sleptMs = 0;
let lastLeadMs = leadMs();

// How far the wall clock is ahead of the steady counter.
function leadMs(): number {
  return Date.now() - performance.timeOrigin - performance.now();
}

/** Milliseconds since 1970 that never jump back: the page's start, a steady counter, and what the machine slept. */
export function localNow(): number {
  return performance.timeOrigin + performance.now() + sleptMs;
}

/**
 * Notices that the machine slept: many steady counters stop meanwhile, the wall clock does not. Moves `localNow` on
 * by as much, and tells how much, in milliseconds; 0 when it did not sleep.
 */
export function catchUp(): number {
  const lead = leadMs();
  const gainedMs = lead - lastLeadMs;
  lastLeadMs = lead;
  if (gainedMs < SLEEP_MS_MIN) return 0;
  sleptMs += gainedMs;
  return gainedMs;
}

export type Cancel = () => void;

export function after(ms: number, run: () => void): Cancel {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
}

export function every(ms: number, run: () => void): Cancel {
  const id = setInterval(run, ms);
  return () => clearInterval(id);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    after(ms, resolve);
  });
}

/** A moment as the reader's own clock shows it: 19:59:58 and the tenth apart. */
export function wallClock(ms: number): { time: string; tenth: string } {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  return {
    time: `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`,
    tenth: String(Math.floor(date.getMilliseconds() / 100)),
  };
}
