// What an address means. Pure: the history that holds it is elsewhere.
import { isStep, type Step } from "./steps";

export type Route =
  | { kind: "home" }
  | { kind: "race"; id: string; step: Step | null }
  | { kind: "unknown" };

export function parsePath(path: string): Route {
  if (path === "/") return { kind: "home" };
  const [, race, id, step, rest] = path.replace(/\/$/, "").split("/");
  const isRace = race === "race" && /^[0-9a-f]{16}$/.test(id ?? "") && rest === undefined;
  if (!isRace || !id) return { kind: "unknown" };
  if (step === undefined) return { kind: "race", id, step: null };
  return isStep(step) ? { kind: "race", id, step } : { kind: "unknown" };
}

export const racePath = (id: string, step: Step) => `/race/${id}/${step}`;
