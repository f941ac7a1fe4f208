// Parts of the program that are fetched before they are needed.
import { type Signal, signal } from "@preact/signals";
import { sleep } from "#/platform/time";

const AGAIN_MS = 1_000;

export type Later<T> = { found: Signal<T | null>; fetch(): Promise<void> };

/** A chunk fetched before it is needed. A line that breaks meanwhile is waited for, not given up. */
export function later<T>(load: () => Promise<T>): Later<T> {
  const found = signal<T | null>(null);
  let fetching: Promise<void> | null = null;
  const insist = async () => {
    while (found.peek() === null) {
      try {
        found.value = await load();
      } catch {
        await sleep(AGAIN_MS);
      }
    }
  };
  return {
    found,
    fetch() {
      fetching ??= insist();
      return fetching;
    },
  };
}
