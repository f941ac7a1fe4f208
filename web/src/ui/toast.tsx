// A short word that needs no answer. It is read politely and goes by itself.
import { signal } from "@preact/signals";
import { after, type Cancel } from "#/platform/time";
import "./toast.css";

const SHOWN_MS = 3_500;
const words = signal<string | null>(null);
let ending: Cancel | null = null;

export function toast(said: string): void {
  ending?.();
  words.value = said;
  ending = after(SHOWN_MS, () => {
    words.value = null;
  });
}

export function Toast() {
  return (
    <div class="toast" role="status">
      {words.value && <p>{words.value}</p>}
    </div>
  );
}
