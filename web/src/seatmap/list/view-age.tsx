// How old the shown seats are. It decides where the style does not show changes by itself.
import { type Locale, WORDS } from "../plan/words";

type ViewAgeProps = { ageMs: number | null; locale: Locale };

export function ViewAge({ ageMs, locale }: ViewAgeProps) {
  if (ageMs === null) return <span class="seatmap-age" />;
  const words = WORDS[locale];
  const seconds = Math.floor(ageMs / 1000);
  return (
    <span class="seatmap-age" data-old={seconds >= 5 || undefined}>
      {seconds < 1 ? words.seenNow : words.seen(String(seconds))}
    </span>
  );
}
