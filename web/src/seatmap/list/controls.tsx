// Buttons for zooming, at the edge where a thumb reaches them.

import type { Language } from "#/api/types";
import { m } from "#/paraglide/messages";

type Props = { language: Language; onIn: () => void; onOut: () => void; onWhole: () => void };

export function Controls({ language, onIn, onOut, onWhole }: Props) {
  return (
    <div class="seatmap-controls" data-press="each">
      <button
        type="button"
        aria-label={m.map_zoom_in({}, { locale: language })}
        title={m.map_zoom_in({}, { locale: language })}
        onClick={onIn}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 5v14M5 12h14" />
        </svg>
      </button>
      <button
        type="button"
        aria-label={m.map_zoom_out({}, { locale: language })}
        title={m.map_zoom_out({}, { locale: language })}
        onClick={onOut}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 12h14" />
        </svg>
      </button>
      <button
        type="button"
        aria-label={m.map_whole({}, { locale: language })}
        title={m.map_whole({}, { locale: language })}
        onClick={onWhole}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
        </svg>
      </button>
    </div>
  );
}
