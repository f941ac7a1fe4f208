// The booking window, the part of the page that each style furnishes in its own way.
import type { ComponentChildren } from "preact";
import { title } from "#/i18n/words";
import { skinOfStyle } from "./manner";
import { useRace } from "./with-race";
import "./window.css";

type WindowProps = { children: ComponentChildren; wide?: boolean };

/** The booking window. The style decides how everything inside it looks and speaks. */
export function Window({ children, wide }: WindowProps) {
  const store = useRace();
  const { style, title: name } = store.race;
  return (
    <section class="window" data-skin={skinOfStyle(style)} data-wide={wide || undefined}>
      <header class="window-bar">
        <span class="window-show">{title(name)}</span>
        <span class="window-style">{title(style.title)}</span>
      </header>
      <div class="window-body">{children}</div>
    </section>
  );
}
