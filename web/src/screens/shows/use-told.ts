// Asks the server for what a part of a screen shows, when it comes and when the page wakes.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Why, whyOf } from "#/api/client";
import { onWake } from "#/platform/wake";

/** `told` is null before the server has told, `trouble` why it has not. What was told once stays. */
export function useTold<T>(ask: () => Promise<T>) {
  const told = useSignal<T | null>(null);
  const trouble = useSignal<Why | null>(null);
  const again = async () => {
    try {
      told.value = await ask();
      trouble.value = null;
    } catch (error) {
      trouble.value = whyOf(error);
    }
  };
  const onAgain = () => void again();
  useEffect(() => {
    onAgain();
    return onWake(onAgain);
  }, []);
  return { told: told.value, trouble: trouble.value, onAgain };
}
