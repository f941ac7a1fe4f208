// The focus follows a question that opens in place, and goes back when it is answered.
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** For an element that can have the focus: it takes it when it comes. */
export function useFocusHere<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    const box = ref.current;
    const before = document.activeElement;
    box?.focus();
    return () => {
      if (!box?.contains(document.activeElement)) return;
      // Where it was, if that is still there; else the screen itself: keys pressed on the body lead nowhere.
      const isThere = before instanceof HTMLElement && before.isConnected;
      const target = isThere ? before : document.getElementById("main");
      target?.focus({ preventScroll: true });
    };
  }, []);
  return ref;
}
