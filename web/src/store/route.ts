// The address. Owner of `history`; two shapes of address are too few for a library of its own.
import { signal } from "@preact/signals";
import { parsePath, type Route } from "./address";

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
