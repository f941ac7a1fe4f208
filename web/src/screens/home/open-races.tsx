// The next race that everybody may enter, with its countdown and one press to be in it.
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused } from "#/api/client";
import { enterOpenRace, getOpenRaces } from "#/api/open-races";
import type { OpenRace } from "#/api/room-types";
import { formatClock } from "#/i18n/format";
import { refusalOf } from "#/i18n/refusals";
import { m, number, title } from "#/i18n/words";
import { every } from "#/platform/time";
import { roomPath } from "#/store/address";
import { second } from "#/store/clock";
import { catalogue } from "#/store/library";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { nextOf } from "./next-open-race";

const LOOK_EVERY_MS = 15_000;

/** Null before the server has told. */
const races = signal<readonly OpenRace[] | null>(null);

async function look(): Promise<void> {
  try {
    const { next, running } = await getOpenRaces();
    races.value = [...next, ...running];
  } catch (error) {
    // A server without a timetable has none to tell of.
    if (error instanceof Refused) races.value ??= [];
  }
}

export function NextOpenRace() {
  useEffect(() => {
    void look();
    return every(LOOK_EVERY_MS, () => void look());
  }, []);
  const told = races.value;
  const next = told && nextOf(told, second.value);
  return (
    <>
      <h2>{m.open_title()}</h2>
      {next ? <Next race={next} /> : <p class="soft">{told && m.open_none()}</p>}
    </>
  );
}

function Next({ race }: { race: OpenRace }) {
  const known = catalogue.value;
  const isBusy = useSignal(false);
  const trouble = useSignal("");
  const leftMs = race.opens_at_ms - second.value;
  const demand = known?.demands.find(({ name }) => name === race.demand);
  const style = known?.styles.find(({ name }) => name === race.style);
  const facts = [demand && title(demand.title), style && title(style.title)].filter(Boolean);
  const enter = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      const { code } = await enterOpenRace(race.code);
      goTo(roomPath(code));
    } catch (error) {
      const words = error instanceof Refused ? refusalOf(error) : m.oops_text();
      trouble.value = words;
      void look();
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <>
      <p class="open-race">
        <span>
          {title(race.title)}
          <span class="soft small">{facts.join(" · ")}</span>
        </span>
        <span class="open-race-count">
          <span class="soft small">{leftMs > 0 ? m.open_until() : m.open_now()}</span>
          {leftMs > 0 && <b role="timer">{formatClock(leftMs)}</b>}
        </span>
      </p>
      {race.enter_from_ms <= second.value && (
        <div class="open-race">
          <Button final unready={isBusy.value} onPress={() => void enter()}>
            {isBusy.value ? m.open_entering() : m.open_enter()}
          </Button>
          <span class="soft small">
            {race.entered > 0 ? m.open_entered({ count: number(race.entered) }) : m.open_nobody()}
          </span>
        </div>
      )}
      {trouble.value && (
        <p class="note" data-tone="danger" role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}
