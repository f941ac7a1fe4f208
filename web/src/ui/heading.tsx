// The heading of a step, which takes the focus when the step comes.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type StepHeadingProps = {
  children: ComponentChildren;
  class?: string;
  /** Another control of the step takes the focus: two that want it would quarrel. */
  yieldsFocus?: boolean;
};

/** The heading of a step. It takes the focus when the step comes, because the element that had it is gone. */
export function StepHeading({ children, class: className, yieldsFocus }: StepHeadingProps) {
  const ref = useRef<HTMLHeadingElement>(null);
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
