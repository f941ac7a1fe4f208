// One booking with its tickets, as the server said it last.
import { type Signal, signal } from "@preact/signals";
import { getBooking } from "#/api/account";
import type { TicketedBooking } from "#/api/account-types";
import { Refused } from "#/api/client";
import { cancelBooking } from "#/api/shows";
import { rest } from "#/platform/wake";
import { serverNow } from "../clock";

/** A booking that was just paid is in the list a moment later: so often, and so long between, it is looked for. */
const TRIES_MAX = 6;
const REST_MS = 700;

const isUnknown = (error: unknown) => error instanceof Refused && error.problem.status === 404;

export class BookingStore {
  readonly told: Signal<TicketedBooking | null> = signal(null);
  readonly trouble = signal<Refused | "away" | null>(null);
  readonly #sale: string;
  readonly #number: string;

  constructor(sale: string, number: string) {
    this.#sale = sale;
    this.#number = number;
  }

  /** `isPatient` also waits for a booking that the server does not know yet. */
  async ask(isPatient: boolean): Promise<void> {
    this.trouble.value = null;
    for (let tried = 1; ; tried++) {
      try {
        this.told.value = await getBooking(this.#sale, this.#number);
        return;
      } catch (error) {
        if (isUnknown(error) && isPatient && tried < TRIES_MAX) {
          await rest(REST_MS);
          continue;
        }
        this.trouble.value = error instanceof Refused ? error : "away";
        return;
      }
    }
  }

  /** Cancels, and shows it at once: the list at the server follows a moment later. */
  async cancel(): Promise<void> {
    await cancelBooking(this.#sale, Number(this.#number));
    const told = this.told.value;
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
