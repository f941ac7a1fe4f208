// The booking window, the part of the page that each style furnishes in its own way.
import type { ComponentChildren } from "preact";
import { title } from "#/i18n/words";
import { Stage } from "#/ui/stage";
import { skinOfStyle } from "./manner";
import { useRace } from "./with-race";
import "./window.css";

type WindowProps = {
  children: ComponentChildren;
  class?: string | undefined;
  /** The bar with the button that goes on. */
  go?: ComponentChildren;
  /** Makes what is inside a form. */
  onSubmit?: (() => void) | undefined;
};

/** The booking window. The style decides how everything inside it looks and speaks. */
export function Window({ children, go, onSubmit, ...rest }: WindowProps) {
  const store = useRace();
  const { style, title: name } = store.race;
  return (
    <section class="window" data-skin={skinOfStyle(style)}>
      <header class="window-bar">
        <span class="window-show">{title(name)}</span>
        <span class="window-style">{title(style.title)}</span>
      </header>
      <Stage {...rest} {...{ go, onSubmit }}>
        {children}
      </Stage>
    </section>
  );
}
