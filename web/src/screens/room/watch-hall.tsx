// The hall of a race that one watches, drawn from the seats as they go.
import { useEffect, useRef } from "preact/hooks";
import type { Room } from "#/api/room-types";
import type { Plan } from "#/api/types";
import { second } from "#/store/clock";
import { catalogue, loadCatalogue } from "#/store/library";
import { language } from "#/store/settings";
import type { WatchStore } from "#/store/watch";
import { mapPart } from "../parts";
import { usePlan } from "../use-plan";
import { choiceOf } from "./settings";

export type HallPlan = { plan: Plan; seats: number };

/** The plan of a room's hall and how many seats it has, once it is there. */
export function useHallPlan(room: Room): HallPlan | null {
  useEffect(() => void loadCatalogue(), []);
  const known = catalogue.value;
  const wanted = known && choiceOf(room, known).plan;
  const card = known?.plans.find(({ name }) => name === wanted);
  const address = card?.address;
  const plan = usePlan(address);
  return plan && card ? { plan, seats: card.seats } : null;
}

/** Drawn anew once a second at most: a hall of tens of thousands takes its time. */
export function WatchHall({ room, store }: { room: Room; store: WatchStore | null }) {
  const hall = useHallPlan(room);
  const drawn = mapPart.found.value;
  const now = second.value;
  const version = useRef({ at: 0, now: 0 });
  if (version.current.now !== now) version.current = { at: store?.seats.version.peek() ?? 0, now };
  const states = store?.seats.states ?? null;
  return (
    <div class="watch-hall">
      {hall && drawn && (
        <drawn.HallOverview
          plan={hall.plan}
          // Seats of another hall, for a moment after the settings have changed, are not drawn.
          states={states?.length === hall.seats ? states : null}
          version={version.current.at}
          language={language.value}
        />
      )}
    </div>
  );
}
