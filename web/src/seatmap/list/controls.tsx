// Zoom for whoever has one thumb free, at the edge where it is.
import { type Locale, WORDS } from "../plan/words";

type Props = { locale: Locale; onIn: () => void; onOut: () => void; onWhole: () => void };

export function Controls({ locale, onIn, onOut, onWhole }: Props) {
  const words = WORDS[locale];
  return (
    <div class="seatmap-controls">
      <button type="button" aria-label={words.zoomIn} title={words.zoomIn} onClick={onIn}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 5v14M5 12h14" />
        </svg>
      </button>
      <button type="button" aria-label={words.zoomOut} title={words.zoomOut} onClick={onOut}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 12h14" />
        </svg>
      </button>
      <button type="button" aria-label={words.whole} title={words.whole} onClick={onWhole}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
        </svg>
      </button>
    </div>
  );
}
