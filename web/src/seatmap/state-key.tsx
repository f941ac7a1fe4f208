// The legend of what a seat can look like: each look as the map draws it, with its word.
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Language } from "#/api/types";
import { m } from "#/paraglide/messages";
import type { Palette } from "./draw/palette";
import {
  createSprites,
  LOOK_FREE,
  LOOK_HELD,
  LOOK_MINE,
  LOOK_SOLD,
  type Look,
} from "./draw/sprites";

// From seat to seat, in CSS pixels.
const PITCH = 23;

const STATES = [
  [LOOK_FREE, m.map_key_free],
  [LOOK_MINE, m.map_key_mine],
  [LOOK_HELD, m.map_key_held],
  [LOOK_SOLD, m.map_key_sold],
] as const;

type Props = { language: Language; palette: Palette };

export function StateKey({ language, palette }: Props) {
  return (
    <ul class="seatmap-key" aria-label={m.map_key({}, { locale: language })}>
      {STATES.map(([look, word]) => (
        <li key={look}>
          <Mark look={look} palette={palette} />
          {word({}, { locale: language })}
        </li>
      ))}
    </ul>
  );
}

function Mark({ look, palette }: { look: Look; palette: Palette }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const drawing = canvas.current;
    const ratio = Math.min(2, devicePixelRatio);
    const sprite = createSprites(PITCH * ratio, palette).get(look, 0, 0, null);
    if (!drawing) return;
    drawing.width = sprite.width;
    drawing.height = sprite.height;
    drawing.style.width = `${sprite.width / ratio}px`;
    drawing.getContext("2d")?.drawImage(sprite, 0, 0);
  }, [look, palette]);
  return <canvas ref={canvas} aria-hidden="true" />;
}
