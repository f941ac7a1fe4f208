// Asks who one is as a screen comes, and again when the page wakes.
import { useEffect } from "preact/hooks";
import { onWake } from "#/platform/wake";
import { askMe, meTrouble } from "#/store/me";

/** `trouble` is why the server has not told, if it was asked and did not. */
export function useMe() {
  useEffect(() => {
    void askMe();
    return onWake(() => void askMe());
  }, []);
  return { trouble: meTrouble.value, again: () => void askMe() };
}
