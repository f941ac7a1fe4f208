// The one owner of the machine's clock and timers. Everything else is handed what it needs.
/** Milliseconds since 1970 that never jump: the page's start plus a steady counter. */
export function localNow(): number {
  return performance.timeOrigin + performance.now();
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
