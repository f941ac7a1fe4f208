// One's own race run again with other times. Fetched with the report: a race needs none of it.
import { get, LARGE } from "./client";
import type { WhatIfAnswer } from "./types";

/** The steps that a person takes by hand and can be given another time. */
export const CHANGEABLE = ["press", "captcha", "first-seat", "paid"] as const;
export type Changeable = (typeof CHANGEABLE)[number];
/** Times in milliseconds. A step that is missing keeps the person's own time. */
export type Times = Partial<Record<Changeable, number>>;

const PARAMETERS: Record<Changeable, string> = {
  press: "press_ms",
  captcha: "captcha_ms",
  "first-seat": "first_seat_ms",
  paid: "pay_ms",
};

/** Other crowds are run one after the other: that may take much longer than one run. */
const CROWDS = { limitsMs: [60_000], restMs: 500 };

/** `crowds` asks for so many runs with other crowds as well; 0 for none. */
export function getWhatIf(race: string, times: Times, crowds: number): Promise<WhatIfAnswer> {
  const query = new URLSearchParams();
  for (const step of CHANGEABLE) {
    const ms = times[step];
    if (ms !== undefined) query.set(PARAMETERS[step], String(Math.round(ms)));
  }
  if (crowds > 0) query.set("crowds", String(crowds));
  const path = `/api/races/${encodeURIComponent(race)}/what-if?${query}`;
  return get<WhatIfAnswer>(path, crowds > 0 ? CROWDS : LARGE);
}
