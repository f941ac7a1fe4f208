// What a tap on the map means under each style, and what becomes of it. All of it is kept in the race's own store: an
// answer that comes late changes the race that asked, not the one on the screen.
import { computed } from "@preact/signals";
import { Refused } from "#/api/client";
import { m, seatName } from "#/i18n/words";
import { current, goToStep } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { cue } from "#/store/settings";
import { announce } from "#/ui/announcer";
import { presses, timeOfPress } from "#/ui/press";
import { codeOf, wordsOf } from "../refusals";

/** Whether the server is being asked for seats of the race on the screen. */
export const isChoosing = computed(() => current.value?.isChoosing.value ?? false);

/** The visitor's seats in the race on the screen. */
export const mine = computed<number[]>(() => (current.value ? mineOf(current.value) : []));

// Held by the server if it holds any; else what was tapped and not yet asked for.
function mineOf(store: RaceStore): number[] {
  return store.hold.value?.seats ?? [...store.chosen.value];
}

export async function chooseSeat(store: RaceStore, seat: number): Promise<void> {
  if (store.isChoosing.value || !presses.counts(`seat ${seat}`, timeOfPress())) return;
  store.mark("seat-click");
  const seats = mineOf(store);
  const isMine = seats.includes(seat);
  const { seats_max, hold_at } = store.style.seats;
  if (!isMine && seats.length >= seats_max) {
    store.toast.say(m.refused_limit({ count: seats_max }));
    return;
  }
  if (hold_at !== "click") {
    const others = store.chosen.value.filter((one) => one !== seat);
    store.chosen.value = isMine ? others : [...others, seat];
    return;
  }
  await ask(store, seat, async () => {
    await (isMine ? store.releaseSeats([seat]) : store.holdSeats([seat]));
    const hall = store.plan.value;
    if (!isMine && hall && store === current.value)
      announce(m.seats_said_held({ seat: seatName(hall, seat) }));
  });
}

export async function removeSeat(store: RaceStore, seat: number): Promise<void> {
  if (store.isChoosing.value) return;
  if (!store.hold.value) {
    store.chosen.value = store.chosen.value.filter((one) => one !== seat);
    return;
  }
  await ask(store, seat, async () => {
    await store.releaseSeats([seat]);
  });
}

/** 선택 완료: takes what was chosen, where the click did not, and goes on to paying. */
export async function confirmSeats(store: RaceStore): Promise<void> {
  if (store.isChoosing.value || mineOf(store).length === 0) return;
  store.mark("done-click");
  const first = store.style.pay_steps[0] ?? "payment";
  if (store.hold.value) {
    goToStep(first, store);
    return;
  }
  const [seat] = store.chosen.value;
  await ask(store, seat ?? 0, async () => {
    await store.holdSeats([...store.chosen.value]);
    store.chosen.value = [];
    goToStep(first, store);
  });
}

async function ask(store: RaceStore, seat: number, work: () => Promise<void>): Promise<void> {
  store.isChoosing.value = true;
  try {
    await work();
  } catch (error) {
    if (codeOf(error) === "captcha-due") {
      store.toast.say(m.captcha_due());
      goToStep("captcha", store);
    } else if (codeOf(error) === "seat-taken" && error instanceof Refused) {
      const { problem } = error;
      const lost = problem.seat ?? seat;
      if (problem.state) store.hear(problem.state);
      // The lost one turns grey at once; the others stay chosen and the view stays where it is.
      store.seats.mark(lost, 1);
      store.chosen.value = store.chosen.value.filter((one) => one !== lost);
      store.clash.value = {
        seat: lost,
        lateMs: problem.late_ms ?? null,
        ageMs: problem.view_age_ms ?? null,
      };
      if (store === current.value) cue("conflict");
    } else {
      store.toast.say(wordsOf(error, store));
    }
  } finally {
    store.isChoosing.value = false;
  }
}
