// The race on the screen, and the tie between it and the address.
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import { getRace, newRace, Refused } from "#/api/client";
import type { NewRace, Plan } from "#/api/types";
import { sleep } from "#/platform/time";
import { racePath } from "./address";
import { loadPlan } from "./library";
import { RaceStore } from "./race";
import { goTo, guardRoute, route } from "./route";
import { cue } from "./settings";
import { allowedSteps, isInPlay, routeStep, type Step } from "./steps";

const PLAN_AGAIN_MS = 1_000;

export type Loading = "idle" | "loading" | "failed" | "no-such-race";

export const current = signal<RaceStore | null>(null);
export const plan = signal<Plan | null>(null);
export const loading = signal<Loading>("idle");
/** What the visitor wants to do that costs something, until they say yes or no. */
export const question = signal<
  null | { kind: "leave"; next: "report" | "home" } | { kind: "step-back" }
>(null);
/** Whether the page was loaded anew inside, which cost the pass and the seats. */
export const hasStartedOver = signal(false);
/** Seats chosen but not yet asked of the server, where the style holds them later than at the click. */
export const chosen = signal<number[]>([]);

// Puts a race in place of the one before, so that nothing of that one is left.
function show(store: RaceStore): void {
  current.value?.close();
  batch(() => {
    current.value = store;
    chosen.value = [];
    question.value = null;
    hasStartedOver.value = false;
    plan.value = null;
    loading.value = "idle";
  });
  store.connect();
  void keepLoadingPlan(store);
}

// Without its plan a race has no map, so a failure is tried again for as long as the race is on the screen.
async function keepLoadingPlan(store: RaceStore): Promise<void> {
  while (current.value === store && plan.value === null) {
    const loaded = await loadPlan(store.race.plan_address).catch(() => null);
    if (current.value !== store) return;
    plan.value = loaded;
    if (!loaded) await sleep(PLAN_AGAIN_MS);
  }
}

/** Sets a race up and goes to its first step. */
export async function startRace(what: NewRace): Promise<void> {
  const store = new RaceStore(await newRace(what));
  // Race and address change together: a race that the address does not name would be closed again.
  batch(() => {
    show(store);
    goTo(racePath(store.id, routeStep(store.standing.value, null)));
  });
}

/** A race by its address: a reload, a link, a second tab. */
async function openRace(id: string): Promise<void> {
  loading.value = "loading";
  try {
    const store = new RaceStore(await getRace(id));
    const isOut = await standInLineAnew(store);
    show(store);
    hasStartedOver.value = isOut;
  } catch (error) {
    const isUnknown = error instanceof Refused && error.problem.status === 404;
    loading.value = isUnknown ? "no-such-race" : "failed";
  }
}

/**
 * A page that is loaded anew stands in line anew, as at the sites it imitates. Tells whether a pass was given
 * up for it. If the server refuses, for example while the sale is paused, the race is shown as
 * it stands.
 */
async function standInLineAnew(store: RaceStore): Promise<boolean> {
  const { you, style } = store.standing.value;
  const isInside = you.kind === "inside" && style.queue.refresh_inside === "goes-to-end";
  if (you.kind !== "waiting" && !isInside) return false;
  try {
    const { outcome } = await store.enter();
    return isInside && outcome.kind === "placed";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await store.refreshRace();
    return false;
  }
}

/** Forgets the race. Its run goes on at the server. */
export function closeRace(): void {
  current.value?.close();
  batch(() => {
    current.value = null;
    plan.value = null;
    loading.value = "idle";
  });
}

/** Changes the address. The steering corrects it if one may not be there. */
export function goToStep(step: Step): void {
  const store = current.value;
  if (store) goTo(racePath(store.id, step));
}

/** Gives every seat back and returns to the map: what a step back means at these sites. */
export async function stepBack(): Promise<void> {
  const store = current.value;
  const held = store?.hold.value?.seats;
  question.value = null;
  if (store && held) await store.releaseSeats(held);
  chosen.value = [];
  goToStep("seats");
}

const AFTER_SEATS: readonly Step[] = ["price", "receipt", "payment"];

/** Ties race and address together: to be called once, when the page starts. */
export function startSteering(): void {
  effect(() => {
    const where = route.value;
    if (where.kind !== "race") {
      if (current.value) untracked(closeRace);
      return;
    }
    const store = current.value;
    if (store?.id !== where.id) {
      if (untracked(() => loading.value) !== "loading") untracked(() => void openRace(where.id));
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
  guardRoute((wanted) => {
    const store = current.value;
    const here = route.value;
    if (!store || here.kind !== "race" || !isInPlay(store.state.value.you)) return true;
    const isSame = wanted.kind === "race" && wanted.id === store.id;
    if (!isSame || (wanted.step && !allowedSteps(store.standing.value).includes(wanted.step))) {
      question.value = { kind: "leave", next: wanted.kind === "home" ? "home" : "report" };
      return false;
    }
    const isBehind =
      AFTER_SEATS.includes(here.step ?? "lobby") &&
      (wanted.step === "seats" || wanted.step === "sections");
    if (isBehind) {
      question.value = { kind: "step-back" };
      return false;
    }
    return true;
  });
}
