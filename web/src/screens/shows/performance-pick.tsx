// The dates of a concert, of which one is looked at.
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { ConcertCard, Performance } from "#/api/show-types";
import { m, number } from "#/i18n/words";
import { second } from "#/store/clock";
import { stageAt } from "#/store/shows/stage";
import { Button } from "#/ui/button";
import { STAGE_WORDS } from "./stage-words";
import { At } from "./times";

/** Dates that are shown at first; the one that is looked at always is. */
const SHOWN_MAX = 6;

type PerformancePickProps = {
  all: readonly Performance[];
  card: ConcertCard;
  picked: string;
  onPick: (id: string) => void;
};

export function PerformancePick({ all, card, picked, onPick }: PerformancePickProps) {
  const group = useId();
  const isWhole = useSignal(false);
  const shown = all.filter(({ id }, at) => isWhole.value || at < SHOWN_MAX || id === picked);
  return (
    <fieldset class="dates">
      <legend class="legend">{m.opening_dates()}</legend>
      {shown.map((one) => (
        <label key={one.id} class="pick date">
          <input
            type="radio"
            name={group}
            checked={one.id === picked}
            onChange={() => onPick(one.id)}
          />
          <span class="date-at">
            <At ms={one.starts_at_ms} zone={card.zone} city={card.city} />
          </span>
          <span class="show-sign" data-stage={stageAt(one.opening, second.value)}>
            {STAGE_WORDS[stageAt(one.opening, second.value)]()}
          </span>
        </label>
      ))}
      {shown.length < all.length && (
        <Button
          look="quiet"
          onPress={() => {
            isWhole.value = true;
          }}
        >
          {m.opening_dates_all({ count: number(all.length) })}
        </Button>
      )}
    </fieldset>
  );
}
