// The sheet below the map with the chosen seats.
import type { Plan } from "#/api/types";
import { findSeat, gradeOf } from "#/i18n/seats";
import { m, number, rowSeatName, seatName, sectionName, won } from "#/i18n/words";
import type { RaceStore } from "#/store/race";
import { Button } from "#/ui/button";
import { Icon } from "#/ui/icons";
import { Forward } from "../frame/forward";
import { trainingPart } from "../parts";
import { useRace } from "../with-race";
import { confirmSeats, isChoosing, mine, removeSeat } from "./choosing";
import { lossOf } from "./stale-choice";

/**
 * Nothing is free on the map, nor behind it where the map moves by itself: what one must ask for oneself is not given away.
 * In an exercise there is no time to wait.
 */
function isSoldOut({ seats, counts, race, style }: RaceStore): boolean {
  const isNews = style.map.refreshes === "by-itself" && counts.value.free > 0;
  return seats.isAllTaken.value && !isNews && !race.exercise;
}

/** The chosen seats and the button that goes on, at the thumb. */
export function Sheet({ plan }: { plan: Plan }) {
  const store = useRace();
  const seats = mine.value;
  const total = seats.reduce((sum, seat) => sum + (gradeOf(plan, seat)?.price_won ?? 0), 0);
  const lost = lossOf(store);
  const isReady = seats.length > 0 && !isChoosing.value;
  const training = trainingPart.found.value;
  if (training && seats.length === 0 && !lost && isSoldOut(store)) {
    const forward = store.counts.value.free === 0 && (
      <Forward look="primary" store={store} to="returns" words={m.forward_returns()} />
    );
    return (
      <section class="sheet" aria-label={m.seats_chosen()}>
        <training.SoldOut store={store} forward={forward} />
      </section>
    );
  }
  return (
    <section class="sheet" aria-label={m.seats_chosen()}>
      <ul class="sheet-seats">
        {lost && <li class="sheet-gone">{lost}</li>}
        {seats.length === 0 && !lost && (
          <li class="soft">
            {store.seats.isAllTaken.value ? m.seats_all_taken() : m.seats_none()}
            {store.style.map.refreshes === "by-hand" && (
              <small class="sheet-by-hand">{m.sections_by_hand()}</small>
            )}
          </li>
        )}
        {seats.map((seat) => (
          <li key={seat} class="sheet-seat">
            <span>
              <b>{rowSeatName(plan, seat)}</b>
              <small>
                {sectionName(plan, findSeat(plan, seat)?.section ?? 0)} ·{" "}
                {gradeOf(plan, seat)?.name}
              </small>
            </span>
            <button
              type="button"
              class="icon-button"
              aria-label={m.seats_remove({ seat: seatName(plan, seat) })}
              onClick={() => {
                // The button goes with the seat: the focus stays on the screen.
                document.getElementById("main")?.focus({ preventScroll: true });
                void removeSeat(store, seat);
              }}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <div class="sheet-go">
        {seats.length > 0 && <p class="sheet-total">{won(total)}</p>}
        <Button
          look="primary"
          size="large"
          wide
          unready={!isReady}
          onPress={() => void confirmSeats(store)}
        >
          {seats.length > 0 ? m.seats_done_count({ count: number(seats.length) }) : m.seats_done()}
        </Button>
      </div>
    </section>
  );
}
