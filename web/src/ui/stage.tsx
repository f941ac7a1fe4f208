// A step's place on the screen: what is read or filled in, and the bar with the button that goes on.
import type { ComponentChildren } from "preact";
import "./stage.css";

type StageProps = {
  children: ComponentChildren;
  /** The bar: the button that goes on, and what must be seen with it. */
  go?: ComponentChildren;
  class?: string | undefined;
  /** Makes the whole a form. */
  onSubmit?: (() => void) | undefined;
};

/** What is long scrolls; the bar stays on the screen: at its bottom, or beside where the screen is low and broad. */
export function Stage({ children, go, class: name = "", onSubmit }: StageProps) {
  const parts = (
    <>
      <div class="stage-body">{children}</div>
      {go !== undefined && <div class="stage-go">{go}</div>}
    </>
  );
  if (!onSubmit) return <div class={`stage ${name}`}>{parts}</div>;
  return (
    <form
      class={`stage ${name}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {parts}
    </form>
  );
}
