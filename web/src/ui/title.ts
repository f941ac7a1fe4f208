// The title of the page: what the screen is called, as its heading says, and whose it is.
import { effect, signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { m } from "#/i18n/words";

const name = signal<string | null>(null);

/** Names the screen as long as it is there; null for the first page, and for what stands in for another screen. */
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
    document.title = name.value === null ? m.page_title() : `${name.value} · ${m.brand()}`;
  });
}
