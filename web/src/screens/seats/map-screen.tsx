/** Sections and seats are one map: going from one to the other moves the view and keeps what was chosen. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { m, number, sectionName, span } from "#/i18n/words";
import { second } from "#/store/clock";
import { goToStep, plan } from "#/store/current";
import { route } from "#/store/route";
import { Button } from "#/ui/button";
import { Loading } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import { Icon } from "#/ui/icons";
import { Toast, toast } from "#/ui/toast";
import { Grades } from "../grades";
import { wordsOf } from "../refusals";
import { useRace } from "../with-race";
import { chooseSeat, isChoosing, mine } from "./choosing";
import { ClashNotice } from "./clash-notice";
import { SeatMapLoaded } from "./map-later";
import { Sheet } from "./sheet";
import "./seats.css";

function ViewAge({ atMs }: { atMs: number }) {
  const store = useRace();
  // Read for its ticking: the age grows while nothing else changes.
  const ageMs = second.value - store.race.value.started_at_ms - atMs;
  return (
    <span class="map-age">
      <Icon name="clock" />
      {ageMs < 1_000
        ? m.sections_now()
        : m.sections_age({ span: span(Math.round(ageMs / 1000) * 1000) })}
    </span>
  );
}

function ReloadButton() {
  const store = useRace();
  const isBusy = useSignal(false);
  const reload = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    await store.reloadSeats().catch((error) => toast(wordsOf(error)));
    isBusy.value = false;
  };
  return (
    <Button unready={isBusy.value} onPress={() => void reload()}>
      <Icon name="renew" /> {m.sections_reload()}
    </Button>
  );
}

export function MapScreen() {
  const store = useRace();
  const where = route.value;
  const isSeats = where.kind === "race" && where.step === "seats";
  const section = isSeats ? (store.inside.value?.viewed?.section ?? null) : null;
  const version = store.seats.version.value;
  const { states, atMs } = store.seats;
  const hall = plan.value;
  const SeatMap = SeatMapLoaded.value;
  const isByHand = store.style.value.map.refreshes === "by-hand";
  useEffect(() => store.mark(section === null ? "sections-seen" : "map-seen"), [section === null]);
  useEffect(() => {
    // The feed brings the seats where the map moves by itself; elsewhere they are asked for.
    if (isByHand) void store.reloadSeats().catch(() => undefined);
  }, [isByHand, section]);
  const open = async (wanted: number) => {
    if (isChoosing.value) return;
    try {
      await store.view(wanted);
      goToStep("seats");
    } catch (error) {
      toast(wordsOf(error));
    }
  };
  if (!hall || !states || !SeatMap) return <Loading label={m.loading()} />;
  let free = 0;
  for (const state of states) if (state === 0) free++;
  return (
    <div class="map-screen" data-style={store.style.value.name}>
      <div class="map-head">
        <StepHeading key={section}>
          {section === null
            ? m.sections_title()
            : m.seats_title({ section: sectionName(hall, section) })}
        </StepHeading>
        <p class="map-facts soft">
          <span>{m.sections_total({ count: number(free) })}</span>
          {atMs !== null && <ViewAge atMs={atMs} />}
        </p>
        {isByHand && (
          <div class="map-by-hand">
            <ReloadButton />
            <span class="soft small">{m.sections_by_hand()}</span>
          </div>
        )}
      </div>
      <div class="map-stage">
        <SeatMap
          plan={hall}
          states={states}
          version={version}
          mine={mine.value}
          section={section}
          busy={isChoosing.value}
          onSection={(wanted) => void open(wanted)}
          onSeat={(seat) => void chooseSeat(store, seat)}
          onBack={() => goToStep("sections")}
        />
      </div>
      <div class="map-side">
        <Grades plan={hall} label={m.sections_grades()} />
        {section !== null && (
          <Button onPress={() => goToStep("sections")}>
            <Icon name="back" /> {m.seats_sections()}
          </Button>
        )}
        <Sheet plan={hall} />
      </div>
      <ClashNotice />
      <Toast />
    </div>
  );
}
