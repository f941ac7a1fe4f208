// One race as this visitor sees it: the server's word, the live connection, and what was asked of the server.
//
// Each kind of message comes in at one place: the state of the race, by whatever way, in `hear`; counts and
// pongs in methods of their own; seat frames in `SeatsStore`. What stays the same of a race comes once.

import { batch, computed, signal } from "@preact/signals";
import * as api from "#/api/client";
import type { Answer, Counts, Inside, MarkName, Race, RaceState, RaceView } from "#/api/types";
import { type Link, Live } from "#/feed/live";
import type { CountsMessage, FeedMessage, PongMessage } from "#/feed/messages";
import { localNow } from "#/platform/time";
import { clock, notePong, serverNow } from "./clock";
import { Marks } from "./marks";
import { Pace, type PaceSeen } from "./pace";
import { SeatsStore } from "./seats";

/** Holds one race from its first answer until it is closed. */
export class RaceStore {
  readonly id: string;
  /** What stays the same of the race. */
  readonly race: Race;
  /** What changes, as the server said it last. */
  readonly state;
  readonly link = signal<Link>("connecting");
  readonly counts;
  readonly place = signal<{ position: number; behind: number } | null>(null);
  /** How the queue has lately moved; null before that can be told. */
  readonly pace = signal<PaceSeen | null>(null);
  readonly seats = new SeatsStore();
  /** What decides on which steps one may be. */
  readonly standing = computed(() => {
    const { you, over } = this.state.value;
    return { you, over, style: this.race.style };
  });
  readonly inside = computed<Inside | null>(() => {
    const { you } = this.state.value;
    return you.kind === "inside" ? you : null;
  });
  readonly hold = computed(() => this.inside.value?.hold ?? null);
  readonly opensAt;
  #live: Live | null = null;
  readonly #marks: Marks;
  readonly #pace = new Pace();

  constructor({ race, state }: RaceView) {
    this.id = race.id;
    this.race = race;
    this.state = signal(state);
    this.counts = signal<Counts>(state.counts);
    this.opensAt = computed(() => this.state.value.started_at_ms + race.opens_at_ms);
    this.#marks = new Marks(race.id);
    this.hear(state);
  }

  get style(): Race["style"] {
    return this.race.style;
  }

  /** Opens the live connection; a second call does nothing. */
  connect(): void {
    this.#live ??= new Live(`/api/races/${this.id}/live`, {
      now: localNow,
      onLink: (link) => {
        this.link.value = link;
      },
      onMessage: (message) => this.#onMessage(message),
      onFrame: (bytes) => {
        if (!this.seats.apply(bytes)) this.#live?.resync();
      },
    });
  }

  /** Closes the live connection. What is known stays readable. */
  close(): void {
    this.#live?.close();
    this.#live = null;
  }

  /** Milliseconds since the race was set up, by the server's clock. */
  now(): number {
    return serverNow() - this.state.value.started_at_ms;
  }

  async enter(): Promise<Answer> {
    return this.#took(await api.enter(this.id));
  }
  async leave(): Promise<Answer> {
    return this.#took(await api.leave(this.id));
  }
  /** Asks for the race without doing anything in it. */
  async refreshRace(): Promise<void> {
    this.hear((await api.getRace(this.id)).state);
  }

  async answerCaptcha(letters: string): Promise<Answer> {
    const { pass, challenge } = this.#visit();
    return this.#took(await api.answerCaptcha(this.id, pass, challenge, letters));
  }
  async renewCaptcha(): Promise<Answer> {
    return this.#took(await api.renewCaptcha(this.id, this.#visit().pass));
  }
  async putOffCaptcha(): Promise<Answer> {
    return this.#took(await api.putOffCaptcha(this.id, this.#visit().pass));
  }
  async view(section: number): Promise<Answer> {
    return this.#took(await api.viewSection(this.id, this.#visit().pass, section));
  }
  async holdSeats(seats: number[]): Promise<Answer> {
    return this.#took(await api.holdSeats(this.id, this.#visit().pass, seats));
  }
  async releaseSeats(seats: number[]): Promise<Answer> {
    return this.#took(await api.releaseSeats(this.id, this.#visit().pass, seats));
  }
  async choosePrice(seats: number[], discount: number): Promise<Answer> {
    return this.#took(await api.choosePrice(this.id, this.#visit().pass, seats, discount));
  }
  async pay(expectedWon: number): Promise<Answer> {
    return this.#took(await api.pay(this.id, this.#visit().pass, expectedWon));
  }
  /** Asks for the seats as they are now, where the style does not send changes. */
  async reloadSeats(): Promise<void> {
    this.seats.apply(new Uint8Array(await api.getSeats(this.id)));
  }

  /** Notes the visitor's own moment of something, for the report. */
  mark(name: MarkName, atMs = serverNow()): void {
    this.#marks.note(name, atMs, clock.value?.errorMs ?? 0);
  }

  /** Takes over what the server says of the race. Answers and the feed may cross: older news is dropped. */
  hear(state: RaceState): void {
    if (state.now_ms < this.state.value.now_ms) return;
    batch(() => {
      this.state.value = state;
      this.#hearCounts(state.now_ms, state.counts);
      const { you } = state;
      if (you.kind === "waiting") {
        this.place.value = { position: you.position, behind: you.behind };
      }
    });
  }

  #onMessage(message: FeedMessage): void {
    switch (message.type) {
      case "state":
        this.hear(message as unknown as RaceState);
        break;
      case "counts":
        this.#onCounts(message as CountsMessage);
        break;
      case "pong":
        this.#onPong(message as PongMessage);
        break;
    }
  }

  #onCounts(message: CountsMessage): void {
    const { given, served, waiting, inside, free, sold, position, behind } = message;
    batch(() => {
      this.#hearCounts(message.now_ms, { given, served, waiting, inside, free, sold });
      if (position !== null) this.place.value = { position, behind: behind ?? 0 };
    });
  }

  // The server tells the time of the race; the clock wants the time of day.
  #onPong({ echo, now_ms }: PongMessage): void {
    notePong(echo, now_ms + this.state.value.started_at_ms);
  }

  #hearCounts(atMs: number, counts: Counts): void {
    this.counts.value = counts;
    this.#pace.note(atMs, counts.served);
    this.pace.value = this.#pace.seen;
  }

  // Every command of the inside carries the pass; without one the page has a fault.
  #visit(): Inside {
    const inside = this.inside.value;
    if (!inside) throw new Error("a command of the inside was given from outside");
    return inside;
  }

  #took(answer: Answer): Answer {
    this.hear(answer.state);
    return answer;
  }
}
