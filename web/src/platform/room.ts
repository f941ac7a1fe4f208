// How much room the page has, written on its root for the style sheets: is it low, and what does a keyboard cover?

/** Up to this height a page is low: the frame of two lines would take from the map what it needs. */
const LOW_MAX = 700;
/** From this width on a low page has room for its button beside the rest. */
const BESIDE_MIN = 560;
/** What covers less than this is no keyboard: bars of the browser come and go by less. */
const KEYBOARD_MIN = 100;

export type Room = { low: "under" | "beside" | null; keyboard: number };

/** Whether a page of this size is low, and where its button lies then. All in CSS pixels. */
export function roomOf(width: number, whole: number, seen: number): Room {
  const covered = whole - seen;
  const keyboard = covered < KEYBOARD_MIN ? 0 : Math.round(covered);
  const high = whole - keyboard;
  if (high > LOW_MAX) return { low: null, keyboard };
  return { low: width >= BESIDE_MIN && width > high ? "beside" : "under", keyboard };
}

/** Media queries do not see a keyboard that lies over the page, as on an iPhone: this does. */
export function watchRoom(): void {
  const view = window.visualViewport;
  const measure = () => {
    // Who has pinched the page larger sees less of it, and has no less room.
    const seen = view && view.scale === 1 ? view.height : innerHeight;
    const { low, keyboard } = roomOf(innerWidth, innerHeight, seen);
    const root = document.documentElement;
    if (low) root.dataset["low"] = low;
    else delete root.dataset["low"];
    root.style.setProperty("--keyboard", `${keyboard}px`);
  };
  measure();
  addEventListener("resize", measure);
  view?.addEventListener("resize", measure);
}
