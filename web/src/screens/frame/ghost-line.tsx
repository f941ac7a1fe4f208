// The ghost: where one stood at this moment of one's last race of the same kind, beside the steps of this one.
import { signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { getReport } from "#/api/client";
import { getProgress } from "#/api/training";
import { ENDING_WORDS } from "#/i18n/endings";
import { m, number, span } from "#/i18n/words";
import { recall, remember } from "#/platform/storage";
import { second } from "#/store/clock";
import { lastLike, type Stood, stoodAt, type Trail, trailOf } from "#/store/ghost";
import { keptResult } from "#/store/kept";
import type { RaceStore } from "#/store/race";
import type { Step } from "#/store/steps";
import { Button, IconButton } from "#/ui/button";
import "../exercise/training.css";

const KEY = "ghost";
const isWanted = signal(recall(KEY) !== "off");

function want(wanted: boolean): void {
  isWanted.value = wanted;
  remember(KEY, wanted ? "on" : "off");
}

/** The way through the last race of the same kind; null where there is none, or where it cannot be told. */
const trail = signal<{ race: string; trail: Trail | null } | null>(null);

async function findTrail(store: RaceStore): Promise<Trail | null> {
  const last = lastLike(await getProgress(), store.race);
  if (!last) return null;
  return trailOf(keptResult(last.race)?.report ?? (await getReport(last.race)));
}

function useTrail(store: RaceStore): Trail | null {
  useEffect(() => {
    if (trail.value?.race === store.id) return;
    trail.value = { race: store.id, trail: null };
    // It is a help and no more: without it the race goes on.
    findTrail(store).then(
      (found) => {
        if (trail.value?.race === store.id) trail.value = { race: store.id, trail: found };
      },
      () => undefined,
    );
  }, [store]);
  return trail.value?.race === store.id ? trail.value.trail : null;
}

/** A line of the frame. It is not read aloud: what counts is the race that goes on. */
export function GhostLine({ store, step }: { store: RaceStore; step: Step }) {
  const found = useTrail(store);
  // A line that came in the middle of a step would move what one is about to press.
  const wasThere = useMemo(() => found !== null, [store, step]);
  if (!found || !wasThere || !isWanted.value || step === "lobby") return null;
  const stood = stoodAt(found, second.value - store.opensAt.value);
  return stood && <p class="aside ghost">{wordsOf(stood)}</p>;
}

function wordsOf(stood: Stood): string {
  if (stood.kind === "early") return m.ghost_before({ span: span(stood.pressMs) });
  return m.ghost_line({ where: placeOf(stood) });
}

function placeOf(stood: Exclude<Stood, { kind: "early" }>): string {
  switch (stood.kind) {
    case "lobby":
      return m.ghost_lobby();
    case "queue":
      return m.ghost_queue({ place: number(stood.place) });
    case "captcha":
      return m.ghost_captcha();
    case "map":
      return m.ghost_map();
    case "held":
      return m.ghost_held();
    case "paid":
      return m.ghost_paid();
    case "ended":
      return m.ghost_ended({ ending: ENDING_WORDS[stood.ending]() });
  }
}

/** Before the race: what the ghost did, and the press that shows or hides it. Nothing without an earlier run of the kind. */
export function GhostBefore({ store }: { store: RaceStore }) {
  const found = useTrail(store);
  if (!found) return null;
  if (!isWanted.value) {
    return (
      <Button look="quiet" onPress={() => want(true)}>
        {m.ghost_on()}
      </Button>
    );
  }
  const stood = stoodAt(found, second.value - store.opensAt.value);
  return (
    <div class="ghost-before">
      {stood && <p class="ghost">{wordsOf(stood)}</p>}
      <IconButton icon="close" label={m.ghost_off()} onPress={() => want(false)} />
    </div>
  );
}
