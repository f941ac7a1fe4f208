// Asks who one is as a screen comes, and again when the page wakes.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused } from "#/api/client";
import { onWake } from "#/platform/wake";
import { askMe } from "#/store/me";

/** `trouble` is why the server has not told, if it was asked and did not. */
export function useMe() {
  const trouble = useSignal<Refused | "away" | null>(null);
  const ask = async () => {
    try {
      await askMe();
      trouble.value = null;
    } catch (error) {
      trouble.value = error instanceof Refused ? error : "away";
    }
  };
  useEffect(() => {
    void ask();
    return onWake(() => void ask());
  }, []);
  return { trouble: trouble.value, again: () => void ask() };
}
