// Keeps what one looks at in its place, and the focus, while rows of a list come and go around it.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type Held = {
  /** The rows on the screen, each with its upper edge; none where one sees the beginning of the list. */
  seen: [row: Element, top: number][];
  focus: HTMLElement | null;
  /** The row that has the focus, and its place among the others. */
  row: Element | undefined;
  at: number;
};

function hold(list: HTMLElement | null): Held | null {
  if (!list) return null;
  const rows = Array.from(list.children);
  const { activeElement: focus } = document;
  const seen: Held["seen"] = [];
  // Whoever sees the beginning sees it change.
  if (list.getBoundingClientRect().top < 0) {
    for (const row of rows) {
      const { top, bottom } = row.getBoundingClientRect();
      if (top > innerHeight) break;
      if (bottom > 0) seen.push([row, top]);
    }
  }
  const at = rows.findIndex((row) => row.contains(focus));
  return { seen, focus: at >= 0 ? (focus as HTMLElement) : null, row: rows[at], at };
}

/** Of what was on the screen, what is still there stays where it was. */
function keepPlace({ seen, row }: Held): void {
  const there = seen.filter(([one]) => one.isConnected);
  const [kept, top] = there.find(([one]) => one === row) ?? there[0] ?? [];
  if (kept && top !== undefined) scrollBy(0, kept.getBoundingClientRect().top - top);
}

/** The focus stays on its row; on the one that took its place if it is gone. */
function keepFocus({ focus, at }: Held, list: HTMLElement | null): void {
  if (!focus || document.activeElement === focus) return;
  const row = list?.children[Math.min(at, list.children.length - 1)];
  const next = focus.isConnected ? focus : (row ?? document).querySelector<HTMLElement>("a, h1");
  next?.focus({ preventScroll: true });
}

/** For the element whose children the rows are. They need keys. */
export function useSteady<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null);
  // While this is drawn, the page still shows what was.
  const held = hold(ref.current);
  useLayoutEffect(() => {
    if (!held) return;
    keepPlace(held);
    keepFocus(held, ref.current);
  });
  return ref;
}
