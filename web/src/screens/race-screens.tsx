// The screens of a race, one a step, inside their frame.
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { current } from "#/store/current";
import { route } from "#/store/route";
import { routeStep, type Step } from "#/store/steps";
import { hush } from "#/ui/announcer";
import { Captcha } from "./captcha/captcha";
import { Done } from "./done/done";
import { Frame } from "./frame/frame";
import { Questions } from "./frame/questions";
import { Lobby } from "./lobby/lobby";
import { trainingPart } from "./parts";
import { Payment } from "./pay/payment";
import { Price } from "./pay/price";
import { Receipt } from "./pay/receipt";
import { Queue } from "./queue/queue";
import { fetchReport, ReportLater } from "./report/report-later";
import { fetchSeatMap } from "./seats/map-later";
import { MapScreen } from "./seats/map-screen";

const SCREENS: Record<Step, ComponentType> = {
  lobby: Lobby,
  queue: Queue,
  captcha: Captcha,
  sections: MapScreen,
  seats: MapScreen,
  price: Price,
  receipt: Receipt,
  payment: Payment,
  done: Done,
  report: ReportLater,
};

export function RaceScreens() {
  // Nothing is fetched once seconds count: what comes later is there before the opening.
  useEffect(() => {
    void fetchSeatMap();
    void fetchReport();
    void trainingPart.fetch();
  }, []);
  const where = route.value;
  const store = current.value;
  useEffect(() => hush, [store]);
  if (where.kind !== "race" || !store) return null;
  const step = routeStep(store.standing.value, where.step);
  const Screen = SCREENS[step];
  return (
    <Frame step={step}>
      <Screen key={`${store.id}.${isMap(step) ? "map" : step}`} />
      <Questions />
    </Frame>
  );
}

/** The two steps of the map are one screen, so that what was drawn stays. */
function isMap(step: Step): boolean {
  return step === "sections" || step === "seats";
}
