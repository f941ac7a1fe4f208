// Times of day on this machine's own clock, for a race that starts at one.

/** The next moment, in Unix milliseconds, at which clocks here show a time such as 20:30; null for what is no time. */
export function nextMoment(time: string, nowMs: number): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const date = new Date(nowMs);
  date.setHours(Number(hours), Number(minutes), 0, 0);
  if (date.getTime() <= nowMs) date.setDate(date.getDate() + 1);
  return date.getTime();
}

/** What clocks here show at a moment, as 20:30. */
export function timeOfDay(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}
