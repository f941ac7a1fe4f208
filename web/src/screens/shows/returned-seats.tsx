// Tells whoever left a sold-out opening without a seat when seats are free in it again.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { getPastRaces } from "#/api/client";
import { getPerformance, getSeatsLeft } from "#/api/shows";
import { m, title } from "#/i18n/words";
import { recall } from "#/platform/storage";
import { every } from "#/platform/time";
import { onWake } from "#/platform/wake";
import { performancePath } from "#/store/address";
import { route } from "#/store/route";
import { cue } from "#/store/settings";
import { EVER_ENTERED } from "#/store/shows/ever-liked";
import { type Free, noteFree, type Wait, waitsIn } from "#/store/shows/waiting";
import { announce } from "#/ui/announcer";
import { Notice } from "./notice";

/** The server keeps how many seats are left for some seconds; who looks more often learns nothing. */
const LOOK_MS = 10_000;

let waits: readonly Wait[] = [];
const free: Free = new Map();
const shown = signal<Wait | null>(null);

const wordsOf = (wait: Wait) => m.returned({ title: title(wait.title) });

async function learn(): Promise<void> {
  if (recall(EVER_ENTERED) === null) return;
  try {
    waits = waitsIn((await getPastRaces()).races);
  } catch {
    // Without an answer those that are known are still right.
  }
}

/** Whether the race on the screen is the one in which a seat returned: it says so itself. */
function isThere({ id }: Wait): boolean {
  const where = route.value;
  return where.kind === "race" && where.id === id;
}

async function look(): Promise<void> {
  if (document.hidden) return;
  for (const wait of waits) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- three at most, and none of them is in a hurry
      const left = await getSeatsLeft(wait.performance);
      if (!noteFree(free, wait.performance, left?.total ?? null) || isThere(wait)) continue;
      // oxlint-disable-next-line no-await-in-loop -- as above
      const { opening } = await getPerformance(wait.performance);
      if (opening.stage !== "open") continue;
      shown.value = wait;
      announce(wordsOf(wait));
      cue("tick");
    } catch {
      // It is asked for again soon.
    }
  }
}

export function ReturnedSeats() {
  const where = route.value;
  const inRace = where.kind === "race" ? where.id : null;
  // Whoever comes out of a race may wait from now on.
  useEffect(() => void learn().then(look), [inRace]);
  useEffect(() => {
    const stops = [every(LOOK_MS, () => void look()), onWake(() => void learn().then(look))];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const wait = shown.value;
  if (!wait || isThere(wait)) return null;
  return (
    <Notice
      key={wait.id}
      label={m.returned_label()}
      words={wordsOf(wait)}
      go={m.returned_go()}
      href={performancePath(wait.performance)}
      isInRace={inRace !== null}
      onClose={() => {
        shown.value = null;
      }}
    />
  );
}
