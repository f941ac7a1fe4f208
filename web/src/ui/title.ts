// The title of the page: what the screen is called, as its heading says, and whose it is.
import { effect, signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { route } from "#/store/route";

const name = signal<string | null>(null);

/** Names the screen as long as it is there; null for one that only stands in for another. */
export function useTitle(words: string | null): void {
  useLayoutEffect(() => {
    name.value = words;
    return () => {
      name.value = null;
    };
  }, [words]);
}

/** To be called once, when the page starts. */
export function startTitle(): void {
  effect(() => {
    const isNamed = name.value !== null && route.value.kind !== "home";
    document.title = isNamed ? `${name.value} · ${m.brand()}` : m.page_title();
  });
}
