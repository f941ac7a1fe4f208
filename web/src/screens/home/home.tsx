// The first page: one sentence, one button, the last runs and the choice of a race.
import { useEffect } from "preact/hooks";
import { m, number, wholeSpan } from "#/i18n/words";
import { whenIdle } from "#/platform/page";
import { after } from "#/platform/time";
import { TopBar } from "#/screens/frame/top-bar";
import { keepApp, renewApp } from "#/store/app";
import { catalogue, loadCatalogue } from "#/store/library";
import { Button } from "#/ui/button";
import { HallArt } from "#/ui/hall-art";
import { StepHeading } from "#/ui/heading";
import { homePart, trainingPart } from "../parts";
import { Choose } from "./choose";
import { areSettled, settle } from "./settled";
import { isStarting, start } from "./start";
import { StartTrouble } from "./start-trouble";
import { ThemeSelect } from "./theme-select";
import { Together } from "./together";
import "./home.css";

const FIRST = "first-time";
/** The choice of a race is not kept waiting for longer than this by what stands above it. */
const SETTLED_MS_MAX = 2_000;

function Facts() {
  const first = catalogue.value?.scenarios.find(({ name }) => name === FIRST);
  return (
    <p class="home-facts" id="start-facts">
      {first
        ? m.home_start_facts({
            seats: number(first.seats),
            rivals: number(first.rivals),
            span: wholeSpan(first.lobby_ms / 1000),
          })
        : m.home_free()}
    </p>
  );
}

/** The place is as large before its part has come: nothing moves then. */
function Exercises() {
  const training = trainingPart.found.value;
  return (
    <section class="home-part" style={{ minHeight: "clamp(170px, 370px - 15vw, 310px)" }}>
      {training && <training.ExerciseRow />}
    </section>
  );
}

export function Home() {
  useEffect(() => void loadCatalogue(), []);
  useEffect(() => after(SETTLED_MS_MAX, settle), []);
  useEffect(() => {
    // Nobody is in a race here: the safe place to take over a newer build.
    renewApp();
    whenIdle(() => {
      keepApp();
      void homePart.fetch();
      void trainingPart.fetch();
    });
  }, []);
  const isBusy = isStarting.value;
  const later = homePart.found.value;
  return (
    <>
      <TopBar />
      <main class="main home" id="main">
        <section class="home-hero">
          <div class="home-art">
            <HallArt />
          </div>
          <div class="home-words">
            <StepHeading called={null}>{m.home_title()}</StepHeading>
            <p class="home-line">{m.home_line()}</p>
            <Button
              look="primary"
              size="large"
              wide
              final
              unready={isBusy}
              describedBy="start-facts"
              onPress={() => void start({ scenario: FIRST })}
            >
              {isBusy ? m.home_starting() : m.home_start()}
            </Button>
            <Facts />
            <StartTrouble />
          </div>
        </section>
        <Exercises />
        <Together />
        {later && <later.LastRuns />}
        {later && <later.InstallCard />}
        {areSettled.value && <Choose />}
      </main>
      <footer class="home-foot">
        <p>{m.practice_notice()}</p>
        <ThemeSelect />
      </footer>
    </>
  );
}
