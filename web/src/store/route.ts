// The address. Owner of `history`; a dozen shapes of address are too few for a library of its own.
import { batch, signal } from "@preact/signals";
import { parsePath, type Route } from "./address";

export const route = signal<Route>(parsePath(location.pathname));

/** What is looked for, behind the path: `?words=…`, or nothing. */
export const query = signal(location.search);

export type Turn = "push" | "replace";
/** How the page came to where it is: by a link, or by the browser's own back and forward. */
export const cameBy: { turn: Turn | "back" } = { turn: "push" };

export function goTo(path: string, turn: Turn = "push"): void {
  if (path === wholeAddress()) return;
  if (turn === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  arrive(turn);
}

const wholeAddress = () => location.pathname + location.search;
let here = wholeAddress();

function arrive(turn: Turn | "back"): void {
  here = wholeAddress();
  cameBy.turn = turn;
  batch(() => {
    route.value = parsePath(location.pathname);
    query.value = location.search;
  });
}

/** For links: goes there without loading the page anew, unless another tab or window is wanted. */
export function follow(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { pathname, search } = event.currentTarget;
  goTo(pathname + search);
}

/** Asked when the browser's back or forward wants to leave; false keeps the visitor where they are. */
type Guard = (wanted: Route) => boolean;
let guard: Guard = () => true;
export function guardRoute(asked: Guard): void {
  guard = asked;
}

export function startRouting(): void {
  addEventListener("popstate", () => {
    const wanted = parsePath(location.pathname);
    if (guard(wanted)) arrive("back");
    else history.pushState(null, "", here);
  });
}
