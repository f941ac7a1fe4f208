// The way back to the top of a long list. It comes once one has read far down.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { m } from "#/i18n/words";
import { prefersLessMotion } from "#/platform/motion";
import { Icon } from "#/ui/icons";

export function ToTop() {
  const beginning = useRef<HTMLDivElement>(null);
  const isFar = useSignal(false);
  useEffect(() => {
    if (!beginning.current) return undefined;
    const watch = new IntersectionObserver(([seen]) => {
      isFar.value = seen?.isIntersecting === false;
    });
    watch.observe(beginning.current);
    return () => watch.disconnect();
  }, []);
  const go = () => {
    scrollTo({ top: 0, behavior: prefersLessMotion() ? "instant" : "smooth" });
    // The button goes: whoever uses the keyboard reads on from the heading.
    document.querySelector<HTMLElement>("#main h1")?.focus({ preventScroll: true });
  };
  return (
    <>
      <div ref={beginning} class="show-beginning" aria-hidden="true" />
      {isFar.value && (
        <button
          type="button"
          class="icon-button show-to-top"
          aria-label={m.show_to_top()}
          title={m.show_to_top()}
          onClick={go}
        >
          <Icon name="back" />
        </button>
      )}
    </>
  );
}
