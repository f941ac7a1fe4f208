/** What is said aloud without the focus moving. One region of each kind lives as long as the page. */

import { signal } from "@preact/signals";

const polite = signal("");
const urgent = signal("");

export function announce(words: string): void {
  polite.value = words;
}

export function announceNow(words: string): void {
  urgent.value = words;
}

export function Announcer() {
  return (
    <div class="hidden">
      <div role="status">{polite}</div>
      <div role="alert">{urgent}</div>
    </div>
  );
}
