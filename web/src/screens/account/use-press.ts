// A press that asks something of the server: once at a time, and with a word if it was not done.
import { type Signal, signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Refused } from "#/api/client";
import { m } from "#/i18n/words";
import { showRefusal } from "../shows/trouble";

export type Press = {
  isBusy: Signal<boolean>;
  /** Empty while there is none. */
  trouble: Signal<string>;
  run: (work: () => Promise<void>) => Promise<void>;
};

/** `wordsOf` says what a refusal means for this press. */
export function usePress(wordsOf: (refused: Refused) => string = showRefusal): Press {
  return useMemo(() => {
    const isBusy = signal(false);
    const trouble = signal("");
    const run = async (work: () => Promise<void>) => {
      if (isBusy.value) return;
      isBusy.value = true;
      trouble.value = "";
      try {
        await work();
      } catch (error) {
        trouble.value = error instanceof Refused ? wordsOf(error) : m.oops_text();
      } finally {
        isBusy.value = false;
      }
    };
    return { isBusy, trouble, run };
  }, []);
}
