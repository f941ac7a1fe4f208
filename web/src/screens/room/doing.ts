// One thing asked of the server at a time, and what to say when it was not done.
import { type Signal, signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { wordsOfRefusal } from "#/i18n/rooms";

export type Doing = {
  /** Whether something is being asked. */
  isBusy: Signal<boolean>;
  /** Why the last thing was not done; empty if it was. */
  trouble: Signal<string>;
  /** Does it unless something else is on its way. */
  run: (work: () => Promise<unknown>) => Promise<void>;
};

export function useDoing(): Doing {
  return useMemo(() => {
    const isBusy = signal(false);
    const trouble = signal("");
    const run = async (work: () => Promise<unknown>) => {
      if (isBusy.value) return;
      isBusy.value = true;
      trouble.value = "";
      try {
        await work();
      } catch (error) {
        trouble.value = wordsOfRefusal(error);
      } finally {
        isBusy.value = false;
      }
    };
    return { isBusy, trouble, run };
  }, []);
}
