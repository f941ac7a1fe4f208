// How old the shown seats are. It decides where the style does not show changes by itself.

import type { Language } from "#/api/types";
import { formatSeconds } from "#/i18n/format";
import { m } from "#/paraglide/messages";

type ViewAgeProps = { ageMs: number | null; language: Language };

export function ViewAge({ ageMs, language }: ViewAgeProps) {
  if (ageMs === null) return <span class="seatmap-age" />;
  const seconds = Math.floor(ageMs / 1000);
  return (
    <span class="seatmap-age" data-old={seconds >= 5 || undefined}>
      {seconds < 1
        ? m.map_seen_now({}, { locale: language })
        : m.map_seen({ span: formatSeconds(language, seconds) }, { locale: language })}
    </span>
  );
}
