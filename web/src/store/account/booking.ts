// One booking with its tickets, as the server said it last.
import { computed, type Signal, signal } from "@preact/signals";
import { getBooking } from "#/api/account";
import type { TicketedBooking } from "#/api/account-types";
import { Refused, type Why, whyOf } from "#/api/client";
import { cancelBooking } from "#/api/shows";
import { after } from "#/platform/time";
import { rest } from "#/platform/wake";
import { serverNow } from "../clock";
import { isOffline } from "../line";
import { forgetBooking, type KeptBooking, keptBooking } from "./kept-bookings";

/** A booking that was just paid is in the list a moment later: so often, and so long between, it is looked for. */
const TRIES_MAX = 6;
const REST_MS = 700;

/** So long a person at a door is not kept waiting for a server that may never answer. */
const LATE_MS = 4_000;

const isSilence = (why: Why | null) =>
  why instanceof Refused ? why.problem.status >= 500 : why !== null;
const isUnknown = (error: unknown) => error instanceof Refused && error.problem.status === 404;

export class BookingStore {
  readonly told: Signal<TicketedBooking | null> = signal(null);
  readonly trouble = signal<Why | null>(null);
  /** What was seen last, while the server does not tell: it is away, or the line is. */
  readonly kept = computed<KeptBooking | null>(() => {
    if (this.told.value || !(isOffline.value || this.#isSilent.value)) return null;
    return keptBooking(this.#sale, Number(this.#number));
  });
  readonly #isSilent = signal(false);
  readonly #sale: string;
  readonly #number: string;

  constructor(sale: string, number: string) {
    this.#sale = sale;
    this.#number = number;
  }

  /** `isPatient` also waits for a booking that the server does not know yet. */
  async ask(isPatient: boolean): Promise<void> {
    this.trouble.value = null;
    const stopWaiting = after(LATE_MS, () => {
      this.#isSilent.value = true;
    });
    await this.#ask(isPatient);
    stopWaiting();
    this.#isSilent.value = isSilence(this.trouble.value);
  }

  async #ask(isPatient: boolean): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        this.told.value = await getBooking(this.#sale, this.#number);
        return;
      } catch (error) {
        if (isUnknown(error) && isPatient && tried < TRIES_MAX) {
          await rest(REST_MS);
          continue;
        }
        if (isUnknown(error)) forgetBooking(this.#sale, Number(this.#number));
        this.trouble.value = whyOf(error);
        return;
      }
    }
  }

  /** Cancels, and shows it at once: the list at the server follows a moment later. */
  async cancel(): Promise<void> {
    const told = this.told.value;
    const refundWon = told?.booking.cancel?.refund_won ?? null;
    await cancelBooking(this.#sale, Number(this.#number), refundWon);
    if (!told) return;
    const { booking } = told;
    this.told.value = {
      booking: {
        ...booking,
        cancelled_at_ms: booking.cancelled_at_ms ?? serverNow(),
        refunded_won: booking.refunded_won ?? booking.cancel?.refund_won ?? null,
        cancel: null,
      },
      tickets: told.tickets,
    };
  }
}
