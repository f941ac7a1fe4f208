// What the door has read last: each reading asks the server anew, also for a code that was just shown.
import { batch, signal } from "@preact/signals";
import type { DoorTicket } from "#/api/account-types";
import { Refused, type Why, whyOf } from "#/api/client";
import { enterTicket, getTicket } from "#/api/door";

export class DoorReading {
  /** Empty where nothing was read. */
  readonly code = signal("");
  readonly ticket = signal<DoorTicket | null>(null);
  readonly trouble = signal<Why | null>(null);
  readonly isBusy = signal(false);
  readonly isEntering = signal(false);
  /** Whether it was this door that let them in, since the code was read. */
  readonly isLetIn = signal(false);
  #readings = 0;

  /** Tells whether this is still what is shown: a later reading takes the place of one that is under way. */
  async read(code: string): Promise<boolean> {
    const reading = ++this.#readings;
    batch(() => {
      this.code.value = code;
      // What was said before may no longer be so, even of the same ticket.
      this.ticket.value = null;
      this.trouble.value = null;
      this.isLetIn.value = false;
      this.isBusy.value = true;
    });
    const answer = await answerOf(getTicket(code));
    if (reading !== this.#readings) return false;
    batch(() => {
      if (isTicket(answer)) this.ticket.value = answer;
      else this.trouble.value = answer;
      this.isBusy.value = false;
    });
    return true;
  }

  /** Lets in who has this ticket. Nothing is read meanwhile, so that what became of it is seen. */
  async enter(): Promise<void> {
    if (this.isBusy.value) return;
    this.trouble.value = null;
    this.isBusy.value = this.isEntering.value = true;
    const code = this.code.value;
    const answer = await answerOf(enterTicket(code));
    // Somebody else may have let them in meanwhile: the ticket says when.
    const told = isTicket(answer) ? answer : await answerOf(getTicket(code));
    batch(() => {
      if (isTicket(answer)) this.isLetIn.value = true;
      else this.trouble.value = answer;
      if (isTicket(told)) this.ticket.value = told;
      this.isBusy.value = this.isEntering.value = false;
    });
  }
}

type Answer = DoorTicket | Why;

const isTicket = (answer: Answer): answer is DoorTicket =>
  answer !== "away" && !(answer instanceof Refused);

function answerOf(asked: Promise<DoorTicket>): Promise<Answer> {
  return asked.catch(whyOf);
}
