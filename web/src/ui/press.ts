// Which presses count: the second half of a double tap and a key held down do not.
import { after } from "#/platform/time";

/** Two presses of one control within this time count once. A double tap takes 80 to 250 ms. */
const SECOND_MS = 300;
/** A control that commits, leaves or starts over takes no press for this long after it appeared. */
const FRESH_MS = 400;
/** A finger that taps twice comes down again within this many pixels. */
const SAME_PLACE = 24;

type Place = { x: number; y: number };

/** What was pressed last. It knows nothing of the page: a control is whatever stays the same for it. */
export class Presses {
  readonly #last = new Map<unknown, { atMs: number; place: Place | null }>();
  #appeared = new WeakMap<object, number>();

  /** Whether this press counts. `place` is where a finger or a mouse pressed, null for a key. */
  counts(control: unknown, atMs: number, place: Place | null = null): boolean {
    if (this.#isFresh(control, atMs)) return false;
    // The screen may have changed under the finger: then it is another control that it hits again.
    if (this.isAgain(place, atMs) || this.#last.has(control)) return false;
    this.#last.set(control, { atMs, place });
    return true;
  }

  /** As `counts`, for a control whose presses add up, however quickly they come. */
  countsEach(control: unknown, atMs: number, place: Place | null = null): boolean {
    this.#last.delete(control);
    return this.counts(control, atMs, place);
  }

  /** Whether a finger comes down again where it has just pressed, whatever lies there. */
  isAgain(place: Place | null, atMs: number): boolean {
    for (const [control, last] of this.#last)
      if (atMs - last.atMs >= SECOND_MS) this.#last.delete(control);
    return [...this.#last.values()].some((last) => isNear(last.place, place));
  }

  appear(control: object, atMs: number): void {
    this.#appeared.set(control, atMs);
  }

  /** Something was typed, chosen or gone to by Tab since: the next press is meant. */
  forget(): void {
    this.#last.clear();
    this.#appeared = new WeakMap();
  }

  #isFresh(control: unknown, atMs: number): boolean {
    if (typeof control !== "object" || control === null) return false;
    return atMs - (this.#appeared.get(control) ?? -FRESH_MS) < FRESH_MS;
  }
}

function isNear(a: Place | null, b: Place | null): boolean {
  return a !== null && b !== null && Math.hypot(a.x - b.x, a.y - b.y) < SAME_PLACE;
}

export const presses = new Presses();

let pressedAtMs = 0;

/** When the press that is being answered was made, which on a busy page is earlier than it is heard of. */
export function timeOfPress(): number {
  return pressedAtMs;
}

/** As the `ref` of a control that commits, leaves or starts over: it takes no press until it has been seen. */
export function takesNoPressYet(control: HTMLElement | null): void {
  if (!control) return;
  presses.appear(control, performance.now());
  // For the style sheet: what cannot be pressed is not in the way of the pointer either.
  control.dataset["fresh"] = "";
  after(FRESH_MS, () => delete control.dataset["fresh"]);
}

const CONTROLS = "button, a[href], summary, input";

/** Watches over all presses of the page, before any control hears of them. To be called once. */
export function guardPresses(page: Document): void {
  page.addEventListener("mousedown", onMouseDown, true);
  page.addEventListener("click", onClick, true);
  page.addEventListener("keydown", onKeyDown, true);
  page.addEventListener("input", onInput, true);
}

/** Whoever types is not pressing twice. A box that is ticked is an input as well, and was pressed. */
function onInput({ target }: Event): void {
  const isTicked =
    target instanceof HTMLInputElement && ["checkbox", "radio"].includes(target.type);
  if (!isTicked) presses.forget();
}

/** The second half of a double tap does not take the focus from the field that has come meanwhile. */
function onMouseDown(event: MouseEvent): void {
  if (presses.isAgain({ x: event.clientX, y: event.clientY }, event.timeStamp))
    event.preventDefault();
}

function onClick(event: MouseEvent): void {
  pressedAtMs = event.timeStamp;
  // A click that a key makes has no place.
  const place = event.detail > 0 ? { x: event.clientX, y: event.clientY } : null;
  if (!isCounted(event.target as Element, event.timeStamp, place)) drop(event);
}

function isCounted(target: Element, atMs: number, place: Place | null): boolean {
  const control = target.closest(CONTROLS);
  // The map that comes to light when a dialog closes, for example: it tells its own taps apart.
  if (!control) return !presses.isAgain(place, atMs);
  const isEach = control.closest("[data-press=each]") !== null;
  return isEach ? presses.countsEach(control, atMs, place) : presses.counts(control, atMs, place);
}

/** A key that is held down repeats: it has pressed once. In a field a space repeats as any letter does. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.key === "Tab") presses.forget();
  const isField = event.target instanceof HTMLInputElement;
  if (event.repeat && (event.key === "Enter" || (event.key === " " && !isField))) drop(event);
}

function drop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
