// What is said aloud without the focus moving. One region of each kind lives as long as the page.
import { type Signal, signal } from "@preact/signals";
import { after, type Cancel } from "#/platform/time";

/** Long enough to be read out, and short enough that old news is not found later. */
const SAID_MS = 3_000;

type Region = { words: Signal<string>; ending: Cancel | null };
const polite: Region = { words: signal(""), ending: null };
const urgent: Region = { words: signal(""), ending: null };

function say(region: Region, words: string): void {
  region.ending?.();
  // A reader says nothing where nothing changed: the same words once more end in a space that nobody sees.
  region.words.value = words === region.words.peek() ? `${words}\u00a0` : words;
  region.ending = after(SAID_MS, () => {
    region.words.value = "";
  });
}

export function announce(words: string): void {
  say(polite, words);
}

export function announceNow(words: string): void {
  say(urgent, words);
}

/** Nothing more is said of what has been: another race begins. */
export function hush(): void {
  for (const region of [polite, urgent]) {
    region.ending?.();
    region.words.value = "";
  }
}

export function Announcer() {
  return (
    <div class="hidden announcer">
      <div role="status">{polite.words}</div>
      <div role="alert">{urgent.words}</div>
    </div>
  );
}
