// Sections and seats are one map: going from one to the other moves the view and keeps what was chosen.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { findSeat } from "#/i18n/seats";
import { m, sectionName } from "#/i18n/words";
import { prefersLessMotion } from "#/platform/motion";
import { insist } from "#/platform/wake";
import { second } from "#/store/clock";
import { goToStep, plan } from "#/store/current";
import { route } from "#/store/route";
import { language } from "#/store/settings";
import { announce, announceNow } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Icon } from "#/ui/icons";
import { skinOfStyle } from "../manner";
import { wordsOf } from "../refusals";
import { Waiting } from "../waiting";
import { useRace } from "../with-race";
import { chooseSeat, isChoosing, mine } from "./choosing";
import { ClashNotice } from "./clash-notice";
import { seatMap } from "./map-later";
import { useReturns } from "./returns";
import { Sheet } from "./sheet";
import { useStaleChoice } from "./stale-choice";
import "./seats.css";

function Reload() {
  const store = useRace();
  const isBusy = useSignal(false);
  const reload = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    await store.reloadSeats().catch((error) => store.toast.say(wordsOf(error, store)));
    isBusy.value = false;
  };
  return (
    <div class="map-by-hand">
      <Button unready={isBusy.value} onPress={() => void reload()}>
        <Icon name="renew" /> <span class="map-by-hand-name">{m.sections_reload()}</span>
      </Button>
    </div>
  );
}

/** The feed brings the seats where the map moves by itself; elsewhere they are asked for. */
function useSeatsByHand(isByHand: boolean, section: number | null): void {
  const store = useRace();
  useEffect(() => {
    if (!isByHand) return undefined;
    let isHere = true;
    void insist(
      () => store.reloadSeats(),
      () => isHere,
    );
    return () => {
      isHere = false;
    };
  }, [isByHand, section]);
}

/** What the map waits for, in the visitor's words. */
function whatLacks(isHall: boolean, isMap: boolean): string {
  if (isHall) return m.waiting_plan();
  return isMap ? m.waiting_part() : m.waiting_seats();
}

/** What a press on a section and on a seat does, while one section or none is open. */
function useOpening(section: number | null) {
  const store = useRace();
  const isOpening = useSignal(false);
  const open = async (wanted: number): Promise<boolean> => {
    if (isChoosing.value || isOpening.value) return false;
    isOpening.value = true;
    try {
      await store.view(wanted);
      goToStep("seats", store);
      return true;
    } catch (error) {
      store.toast.say(wordsOf(error, store));
      return false;
    } finally {
      isOpening.value = false;
    }
  };
  // A seat that is drawn large enough can be chosen before its section was opened: that opens it.
  const choose = async (seat: number): Promise<void> => {
    const within = plan.value && findSeat(plan.value, seat)?.section;
    const isOpen = within === section || within == null || (await open(within));
    if (isOpen) await chooseSeat(store, seat);
  };
  return { open, choose };
}

export function MapScreen() {
  const store = useRace();
  const where = route.value;
  const isSeats = where.kind === "race" && where.step === "seats";
  const section = isSeats ? (store.inside.value?.viewed?.section ?? null) : null;
  const version = store.seats.version.value;
  const { states, atMs } = store.seats;
  const hall = plan.value;
  const map = seatMap.value;
  const isByHand = store.style.map.refreshes === "by-hand";
  useEffect(() => store.mark(isSeats ? "map-seen" : "sections-seen"), [isSeats]);
  useSeatsByHand(isByHand, section);
  useStaleChoice(store, version);
  useReturns(store);
  const { open, choose } = useOpening(section);
  if (!hall || !states || !map)
    return <Waiting label={m.loading()} what={whatLacks(!hall, !map)} />;
  // Read for its ticking: the view grows old while nothing else changes.
  const nowMs = second.value - store.state.value.started_at_ms;
  return (
    <div class="map-screen" data-skin={skinOfStyle(store.style)}>
      <div class="map-head">
        {/* The map has this as its title: here it is said, not shown. */}
        <StepHeading key={section} class="hidden">
          {section === null
            ? m.sections_title()
            : m.seats_title({ section: sectionName(hall, section) })}
        </StepHeading>
      </div>
      <div class="map-stage">
        <map.SeatMap
          plan={hall}
          states={states}
          version={version}
          mine={mine.value}
          section={section}
          mode={section === null ? "overview" : "seats"}
          gradeFilter={null}
          language={language.value}
          tool={isByHand && <Reload />}
          viewAgeMs={atMs === null ? null : Math.max(0, nowMs - atMs)}
          reducedMotion={prefersLessMotion()}
          onSection={(wanted) => void open(wanted)}
          onSeat={(seat) => void choose(seat)}
          onBack={() => goToStep("sections")}
          announce={(text, urgency) => (urgency === "polite" ? announce : announceNow)(text)}
        />
      </div>
      <Sheet plan={hall} />
      <ClashNotice />
    </div>
  );
}
