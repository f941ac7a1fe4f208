/** Words and formats in the visitor's language. Reading them in a component redraws it when the language changes. */

import type { Plan, Title } from "#/api/types";
import { language } from "#/store/settings";
import * as format from "./format";

export { m } from "#/paraglide/messages";

export const number = (value: number) => format.formatNumber(language.value, value);
export const won = (value: number) => format.formatWon(language.value, value);
export const share = (value: number) => format.formatShare(language.value, value);
export const span = (ms: number) => format.formatSpan(language.value, ms);
export const title = (words: Title) => words[language.value];
export const seatName = (plan: Plan, seat: number) => format.seatName(language.value, plan, seat);
export const rowSeatName = (plan: Plan, seat: number) =>
  format.rowSeatName(language.value, plan, seat);
export const sectionName = (plan: Plan, section: number) =>
  format.sectionName(language.value, plan, section);
