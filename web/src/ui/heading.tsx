// The heading of a step, which takes the focus when the step comes.
import { useLayoutEffect, useRef } from "preact/hooks";
import { useTitle } from "./title";

type StepHeadingProps = {
  children: string;
  class?: string;
  /** What the screen is called in the title of the page, where its heading does not say. */
  called?: string | null;
  /** Another control of the step takes the focus: two that want it would quarrel. */
  yieldsFocus?: boolean;
};

/** The heading of a step. It takes the focus when the step comes, because the element that had it is gone. */
export function StepHeading({
  children,
  class: className,
  called = children,
  yieldsFocus,
}: StepHeadingProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  useTitle(called);
  useLayoutEffect(() => {
    if (!yieldsFocus) ref.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1} class={className}>
      {children}
    </h1>
  );
}
