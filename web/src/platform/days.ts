// Days of the calendar as texts, "2026-12-03", and the moments at which they begin in Greenwich.

/** Unix milliseconds; not a number for what is no day. */
export const msOfDay = (day: string) => Date.parse(`${day}T00:00:00Z`);
export const dayOfMs = (ms: number) => new Date(ms).toISOString().slice(0, 10);
/** From 0 for Sunday. */
export const weekdayOf = (day: string) => new Date(msOfDay(day)).getUTCDay();
/** A moment as machines write it. */
export const isoOf = (ms: number) => new Date(ms).toISOString();
