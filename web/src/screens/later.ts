// Parts of the program that are fetched before they are needed.
//
// A browser remembers that a part could not be fetched and answers the same question with the same failure; it also
// waits for ever for a part that never comes. So another try asks under another address.
import { type Signal, signal } from "@preact/signals";
import { sleep } from "#/platform/time";
import { insist } from "#/platform/wake";

/** A part that is silent this long is asked for again; if it comes after all, that is as good. */
const SILENCE_MS_MAX = 6_000;

export type Later<T> = { found: Signal<T | null>; fetch(): Promise<void> };

/** Where the build has put a part of this name: its script and its style sheets. Null while developing. */
function filesOf(name: string): string[] | null {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="part:${name}"]`);
  return meta?.content.split(" ") ?? null;
}

/** A part fetched before it is needed. A line that breaks meanwhile is waited for, not given up. */
export function later<T>(name: string, load: () => Promise<T>): Later<T> {
  const found = signal<T | null>(null);
  let fetching: Promise<unknown> | null = null;
  let tries = 0;
  const attempt = async (): Promise<void> => {
    const coming = tries++ === 0 ? load() : loadAgain<T>(name, tries, load);
    const arrived = coming.then((part) => {
      found.value ??= part;
    });
    await Promise.race([arrived, sleep(SILENCE_MS_MAX)]);
    if (found.peek() === null) {
      // Nobody waits for it any longer, but it may still come.
      arrived.catch(() => undefined);
      throw new Error(`${name} has not come`);
    }
  };
  return {
    found,
    async fetch() {
      fetching ??= insist(attempt, () => found.peek() === null);
      await fetching;
    },
  };
}

async function loadAgain<T>(name: string, tried: number, load: () => Promise<T>): Promise<T> {
  const [script, ...styles] = filesOf(name) ?? [];
  if (!script) return load();
  const under = (path: string) => `${path}?try=${tried}`;
  await Promise.all(styles.map((path) => loadStyle(under(path))));
  return (await import(/* @vite-ignore */ under(script))) as T;
}

function loadStyle(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = path;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error(`${path} could not be fetched`));
    document.head.append(link);
  });
}
