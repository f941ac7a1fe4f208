// The race on the screen, and the tie between it and the address.
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { getRace, Refused } from "#/api/client";
import type { Plan, RaceView } from "#/api/types";
import { keepAwake } from "#/platform/awake";
import { freshKey } from "#/platform/ids";
import { forgetHere, recallHere, rememberHere } from "#/platform/storage";
import { insist, onWake } from "#/platform/wake";
import { racePath, wayBack } from "./address";
import { recallHad } from "./belongings";
import { keptResult } from "./kept";
import { loadPlan } from "./library";
import { isOffline } from "./line";
import { hadOf, isSameHad } from "./losses";
import { RaceStore } from "./race";
import { goTo, guardRoute, route } from "./route";
import { cue } from "./settings";
import { allowedSteps, firstStep, isInPlay, type Question, routeStep, type Step } from "./steps";

export type Loading = "idle" | "loading" | "failed" | "no-such-race";

export const current = signal<RaceStore | null>(null);
export const loading = signal<Loading>("idle");
/** Why the race of the address could not be opened, if the server said so. */
export const refused = signal<Refused | null>(null);

/** The plan of the race on the screen, once it is loaded. */
export const plan = computed<Plan | null>(() => current.value?.plan.value ?? null);
/** What the visitor of the race on the screen is asked before something is given up. */
export const question = computed<Question | null>(() => current.value?.question.value ?? null);

/** Asks before something is given up; null takes the question back. */
export function putQuestion(asked: Question | null): void {
  if (current.value) current.value.question.value = asked;
}

/** Leaves the race of the screen, if there is one; asks before that gives up a place or a pass. */
export function askToLeave(next: "report" | "home"): void {
  const you = current.value?.state.value.you;
  if (you && isInPlay(you)) putQuestion({ kind: "leave", next });
  else goTo(wayBack(current.value?.race));
}

// Puts a race in place of the one before, so that nothing of that one is left.
function show(store: RaceStore): void {
  current.value?.close();
  batch(() => {
    current.value = store;
    loading.value = "idle";
  });
  store.connect();
  void keepLoadingPlan(store);
}

// Without its plan a race has no map, so a failure is tried again for as long as the race is on the screen.
async function keepLoadingPlan(store: RaceStore): Promise<void> {
  const loaded = await insist(
    () => loadPlan(store.race.plan_address),
    () => current.value === store,
  );
  store.plan.value = loaded;
}

/** Sets a race up and goes to its first step, unless the visitor went elsewhere meanwhile. */
export async function startRace(ask: () => Promise<RaceView>): Promise<void> {
  const from = placeOf(route.value);
  const store = new RaceStore(await ask());
  if (placeOf(route.value) !== from) return;
  // Race and address change together: a race that the address does not name would be closed again.
  batch(() => {
    show(store);
    goTo(racePath(store.id, firstStep(store.standing.value, store.race.exercise)));
  });
}

const placeOf = (where: typeof route.value) => (where.kind === "race" ? where.id : where.kind);

/** The race that is being opened: what comes for another one comes too late. */
let opening: string | null = null;

/** A race by its address: a reload, a link, a second tab. */
async function openRace(id: string): Promise<void> {
  const isWanted = () => opening === id;
  opening = id;
  loading.value = "loading";
  const had = recallHad(id);
  try {
    const view = await getRaceOrKept(id);
    if (!isWanted()) return;
    const store = new RaceStore(view);
    const hasEntered = await standInLineAnew(store);
    if (!isWanted()) return;
    tellCost(store, view.state, had, hasEntered);
    show(store);
  } catch (error) {
    if (!isWanted()) return;
    const isUnknown = error instanceof Refused && error.problem.status === 404;
    refused.value = error instanceof Refused ? error : null;
    loading.value = isUnknown ? "no-such-race" : "failed";
  } finally {
    if (isWanted()) opening = null;
  }
}

// Without a line a race that is over is shown as it was when its result was read: it has not changed since.
async function getRaceOrKept(id: string): Promise<RaceView> {
  const offline = isOffline.value ? keptResult(id) : null;
  if (offline) return offline.view;
  try {
    return await getRace(id);
  } catch (error) {
    const kept = error instanceof Refused ? null : keptResult(id);
    if (kept) return kept.view;
    throw error;
  }
}

/** Tries once more to open the race of the address: what a page loaded anew would do, without its cost. */
export function openAgain(): void {
  const where = route.value;
  if (where.kind === "race" && loading.value !== "loading") void openRace(where.id);
}

// What this tab had, or else what the server says one had in another, beside what one has now.
function tellCost(
  store: RaceStore,
  before: RaceStore["state"]["value"],
  had: ReturnType<typeof recallHad>,
  hasEntered: boolean,
): void {
  const cause = !hasEntered ? "elsewhere" : had ? "reopened" : "opened";
  store.belongings.loss.value = null;
  const seen = hadOf(before.you);
  // The server's word is newer, if it is about the same.
  store.belongings.compare(isSameHad(had, seen) ? seen : (had ?? seen), store.state.value, cause);
}

/**
 * A page that is loaded anew stands in line anew, as at the sites it imitates. Tells whether it did. If the server
 * refuses, for example while the sale is paused, the race is shown as it stands.
 *
 * The key is kept until the answer is there: a page that is loaded once more, because no answer came, asks for
 * the same and pays no second time.
 */
async function standInLineAnew(store: RaceStore): Promise<boolean> {
  const { you, style } = store.standing.value;
  // An exercise begins where its step begins: it is not lost by looking at it anew.
  if (store.race.exercise) return false;
  const isInside = you.kind === "inside" && style.queue.refresh_inside === "goes-to-end";
  if (you.kind !== "waiting" && !isInside) return false;
  const kept = `entering.${store.id}`;
  const key = recallHere(kept) ?? freshKey();
  rememberHere(kept, key);
  try {
    await store.enter(key);
    forgetHere(kept);
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    forgetHere(kept);
    await store.refreshRace();
    return false;
  }
}

/** Forgets the race. Its run goes on at the server. */
export function closeRace(): void {
  current.value?.close();
  opening = null;
  batch(() => {
    current.value = null;
    loading.value = "idle";
  });
}

/** Changes the address; the steering corrects it. What comes of a race no longer on the screen goes nowhere. */
export function goToStep(step: Step, store = current.value): void {
  if (store && store === current.value) goTo(racePath(store.id, step));
}

/** Gives every seat back and returns to the map: what a step back means at these sites. */
export async function stepBack(store: RaceStore): Promise<void> {
  store.question.value = null;
  const held = store.hold.value?.seats;
  if (held) await store.releaseSeats(held);
  store.chosen.value = [];
  goToStep("seats", store);
}

const AFTER_SEATS: readonly Step[] = ["price", "receipt", "payment"];

/** Ties race and address together: to be called once, when the page starts. */
export function startSteering(): void {
  effect(() => {
    const where = route.value;
    if (where.kind !== "race") {
      // Also a race that is still being opened is not wanted any more.
      if (current.value || opening) untracked(closeRace);
      return;
    }
    const store = current.value;
    if (store?.id !== where.id) {
      if (opening === where.id) return;
      untracked(() => {
        // The race before is closed first: nothing of it is shown under the address of another.
        if (store) closeRace();
        void openRace(where.id);
      });
      return;
    }
    const step = routeStep(store.standing.value, where.step);
    // A closed step must not be in the history: the address is replaced, not added.
    if (step !== where.step) goTo(racePath(where.id, step), "replace");
  });
  const isInside = computed(() => current.value?.inside.value != null);
  effect(() => {
    if (isInside.value) untracked(() => cue("admitted"));
  });
  const isPlayed = computed(() => {
    const standing = current.value?.standing.value;
    return (
      standing !== undefined && !standing.over && !["booked", "gone"].includes(standing.you.kind)
    );
  });
  effect(() => keepAwake(isPlayed.value));
  onWake(() => {
    if (loading.value === "failed") openAgain();
  });
  guardRoute((wanted) => {
    const store = current.value;
    const here = route.value;
    if (!store || here.kind !== "race" || !isInPlay(store.state.value.you)) return true;
    const isSame = wanted.kind === "race" && wanted.id === store.id;
    if (!isSame || (wanted.step && !allowedSteps(store.standing.value).includes(wanted.step))) {
      putQuestion({ kind: "leave", next: wanted.kind === "home" ? "home" : "report" });
      return false;
    }
    const isBehind =
      AFTER_SEATS.includes(here.step ?? "lobby") &&
      (wanted.step === "seats" || wanted.step === "sections");
    if (isBehind) {
      putQuestion({ kind: "step-back" });
      return false;
    }
    return true;
  });
}
