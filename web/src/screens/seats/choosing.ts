// What a tap on the map means under each style, and what becomes of it.
import { computed, signal } from "@preact/signals";
import { Refused } from "#/api/client";
import { m, seatName } from "#/i18n/words";
import { chosen, current, goToStep, plan } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { cue } from "#/store/settings";
import { announce } from "#/ui/announcer";
import { presses, timeOfPress } from "#/ui/press";
import { toast } from "#/ui/toast";
import { codeOf, wordsOf } from "../refusals";

export type Clash = { seat: number; lateMs: number | null; ageMs: number | null };

export const clash = signal<Clash | null>(null);
export const isChoosing = signal(false);

/** Held by the server if it holds any; else what was tapped and not yet asked for. */
export const mine = computed<number[]>(() => current.value?.hold.value?.seats ?? chosen.value);

export async function chooseSeat(store: RaceStore, seat: number): Promise<void> {
  if (isChoosing.value || !presses.counts(`seat ${seat}`, timeOfPress())) return;
  store.mark("seat-click");
  const isMine = mine.value.includes(seat);
  const { seats_max, hold_at } = store.style.seats;
  if (!isMine && mine.value.length >= seats_max) {
    toast(m.refused_limit({ count: seats_max }));
    return;
  }
  if (hold_at !== "click") {
    const others = chosen.value.filter((one) => one !== seat);
    chosen.value = isMine ? others : [...others, seat];
    return;
  }
  await ask(store, seat, async () => {
    await (isMine ? store.releaseSeats([seat]) : store.holdSeats([seat]));
    if (!isMine && plan.value) announce(m.seats_said_held({ seat: seatName(plan.value, seat) }));
  });
}

export async function removeSeat(store: RaceStore, seat: number): Promise<void> {
  if (!store.hold.value) {
    chosen.value = chosen.value.filter((one) => one !== seat);
    return;
  }
  await ask(store, seat, async () => {
    await store.releaseSeats([seat]);
  });
}

/** 선택 완료: takes what was chosen, where the click did not, and goes on to paying. */
export async function confirmSeats(store: RaceStore): Promise<void> {
  if (isChoosing.value || mine.value.length === 0) return;
  store.mark("done-click");
  const first = store.style.pay_steps[0] ?? "payment";
  if (store.hold.value) {
    goToStep(first);
    return;
  }
  const [seat] = chosen.value;
  await ask(store, seat ?? 0, async () => {
    await store.holdSeats(chosen.value);
    chosen.value = [];
    goToStep(first);
  });
}

async function ask(store: RaceStore, seat: number, work: () => Promise<void>): Promise<void> {
  const viewAtMs = store.seats.atMs;
  const askedAtMs = store.now();
  isChoosing.value = true;
  try {
    await work();
  } catch (error) {
    if (codeOf(error) === "captcha-due") {
      toast(m.captcha_due());
      goToStep("captcha");
    } else if (codeOf(error) === "seat-taken" && error instanceof Refused) {
      const { problem } = error;
      const lost = problem.seat ?? seat;
      if (problem.state) store.hear(problem.state);
      // The lost one turns grey at once; the others stay chosen and the view stays where it is.
      store.seats.mark(lost, 1);
      chosen.value = chosen.value.filter((one) => one !== lost);
      clash.value = {
        seat: lost,
        lateMs: problem.late_ms ?? null,
        ageMs: viewAtMs === null ? null : Math.max(0, askedAtMs - viewAtMs),
      };
      cue("conflict");
    } else {
      toast(wordsOf(error));
    }
  } finally {
    isChoosing.value = false;
  }
}
