// The colours of the page as the canvas needs them, read again when the scheme changes.
import { useLayoutEffect, useState } from "preact/hooks";
import type { Hall } from "../plan/plan";
import { type Palette, readPalette } from "./palette";

// Paper is light, whatever the screen is.
const SCHEMES = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"];

export function usePalette(element: { current: HTMLElement | null }, hall: Hall): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useLayoutEffect(() => {
    const read = (): void => {
      if (element.current) setPalette(readPalette(element.current, hall.grades));
    };
    read();
    const queries = SCHEMES.map((scheme) => matchMedia(scheme));
    for (const query of queries) query.addEventListener("change", read);
    // The page may also choose a theme by an attribute of the root.
    const watch = new MutationObserver(read);
    watch.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ["data-theme", "class", "style"],
    });
    return () => {
      for (const query of queries) query.removeEventListener("change", read);
      watch.disconnect();
    };
  }, [element, hall]);
  return palette;
}
