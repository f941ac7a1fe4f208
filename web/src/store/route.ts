/** The address. Owner of `history`; two shapes of address are too few for a library of its own. */

import { signal } from "@preact/signals";
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

export const route = signal<Route>(parsePath(location.pathname));

export type Turn = "push" | "replace";

export function goTo(path: string, turn: Turn = "push"): void {
  if (path === location.pathname) return;
  if (turn === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  route.value = parsePath(path);
}

/** Asked when the browser's back or forward wants to leave; false keeps the visitor where they are. */
type Guard = (wanted: Route) => boolean;
let guard: Guard = () => true;
export function guardRoute(asked: Guard): void {
  guard = asked;
}

export function startRouting(): void {
  let here = location.pathname;
  route.subscribe(() => {
    here = location.pathname;
  });
  addEventListener("popstate", () => {
    const wanted = parsePath(location.pathname);
    if (guard(wanted)) route.value = wanted;
    else history.pushState(null, "", here);
  });
}
