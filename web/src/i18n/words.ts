// Words and formats in the visitor's language. Reading them in a component redraws it when the language changes.
import type { Plan, Title } from "#/api/types";
import { language } from "#/store/settings";
import * as format from "./format";
import * as seats from "./seats";

export { m } from "#/paraglide/messages";

export const number = (value: number) => format.formatNumber(language.value, value);
export const won = (value: number) => format.formatWon(language.value, value);
export const share = (value: number) => format.formatShare(language.value, value);
export const span = (ms: number) => format.formatSpan(language.value, ms);
export const score = (ms: number) => format.formatScore(language.value, ms);
export const wholeSpan = (seconds: number) => format.formatSeconds(language.value, seconds);
export const delay = (ms: number) => format.formatDelay(language.value, ms);
export const title = (words: Title) => words[language.value];
export const gradeName = (grade: string) => seats.nameGrade(language.value, grade);
export const seatName = (plan: Plan, seat: number) => seats.seatName(language.value, plan, seat);
export const rowSeatName = (plan: Plan, seat: number) =>
  seats.rowSeatName(language.value, plan, seat);
export const sectionName = (plan: Plan, section: number) =>
  seats.sectionName(language.value, plan, section);
