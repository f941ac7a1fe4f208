// One race as this visitor sees it: the server's word, the live connection, what was asked of the server, and all
// that its screens remember. Nothing of one race is kept outside of its store, so nothing of it reaches the next.
//
// Each kind of message comes in at one place: the state of the race, by whatever way, in `hear`; counts and
// pongs in methods of their own; seat frames in `SeatsStore`. What stays the same of a race comes once.
import { batch, computed, signal } from "@preact/signals";
import * as api from "#/api/client";
import type { Answer, Hold, Inside, MarkName, Plan, Race, RaceState, RaceView } from "#/api/types";
import { type Link, Live } from "#/feed/live";
import type { CountsMessage, FeedMessage, PongMessage } from "#/feed/messages";
import { Unreachable } from "#/platform/http";
import { type Cancel, localNow } from "#/platform/time";
import { onWake } from "#/platform/wake";
import { Asking } from "./asking";
import { Belongings } from "./belongings";
import { clock, notePong, serverNow } from "./clock";
import { type Had, hadOf } from "./losses";
import { Marks } from "./marks";
import { momentOf } from "./moment";
import { Pace, type PaceSeen } from "./pace";
import { SeatsStore } from "./seats";
import { isMoot, type Question } from "./steps";
import { type Tally, tallyOf } from "./tally";
import { Word } from "./word";

const TOAST_MS = 3_500;
/** A seat that somebody else took first; times in milliseconds. */
export type Clash = { seat: number; lateMs: number | null; ageMs: number | null };

/** Holds one race from its first answer until it is closed. */
export class RaceStore {
  readonly id: string;
  readonly race: Race;
  readonly style: Race["style"];
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
  readonly hold = computed<Hold | null>(() => this.inside.value?.hold ?? null);
  readonly opensAt;
  /** The plan of the hall, once it is loaded. */
  readonly plan = signal<Plan | null>(null);
  /** Seats chosen but not yet asked of the server, where the style holds them later than at the click. */
  readonly chosen = signal<readonly number[]>([]);
  /** Whether the server is being asked for seats: what is tapped meanwhile is dropped. */
  readonly isChoosing = signal(false);
  readonly clash = signal<Clash | null>(null);
  readonly question = signal<Question | null>(null);
  readonly toast = new Word(TOAST_MS);
  /** What one has in the race, and what of it was lost. */
  readonly belongings;
  readonly asking = new Asking();
  #stopWaking: Cancel | null = null;
  #live: Live | null = null;
  readonly #marks: Marks;
  readonly #pace = new Pace();

  constructor({ race, state }: RaceView) {
    this.id = race.id;
    this.race = race;
    this.style = race.style;
    this.state = signal(state);
    this.counts = signal(tallyOf(state.counts, state.returns_at_ms));
    this.opensAt = computed(() => this.state.value.started_at_ms + race.opens_at_ms);
    this.#marks = new Marks(race.id);
    this.belongings = new Belongings(race.id);
    this.hear(state);
  }

  /** Opens the live connection; a second call does nothing. */
  connect(): void {
    if (this.#live) return;
    this.#stopWaking = onWake(() => void this.refreshRace().catch(() => undefined));
    this.#live = new Live(`/api/races/${this.id}/live`, {
      now: localNow,
      onLink: (link) => this.#onLink(link),
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
    this.#stopWaking?.();
    this.belongings.close();
    this.toast.hush();
  }

  /** Milliseconds since the race was set up, by the server's clock. */
  now(): number {
    return serverNow() - this.state.value.started_at_ms;
  }

  enter(key?: string): Promise<Answer> {
    return this.#giveUp(api.enter(this.id, key));
  }
  leave(): Promise<Answer> {
    return this.#giveUp(api.leave(this.id));
  }
  /** Asks for the race without doing anything in it. */
  async refreshRace(): Promise<void> {
    this.hear((await api.getRace(this.id)).state);
  }

  async answerCaptcha(letters: string): Promise<Answer> {
    const { pass, challenge } = this.#visit();
    return this.#do(api.answerCaptcha(this.id, pass, challenge, letters));
  }
  async renewCaptcha(): Promise<Answer> {
    return this.#do(api.renewCaptcha(this.id, this.#visit().pass));
  }
  async putOffCaptcha(): Promise<Answer> {
    return this.#do(api.putOffCaptcha(this.id, this.#visit().pass));
  }
  async view(section: number): Promise<Answer> {
    return this.#do(api.viewSection(this.id, this.#visit().pass, section));
  }
  async holdSeats(seats: number[]): Promise<Answer> {
    return this.#do(api.holdSeats(this.id, this.#visit().pass, seats));
  }
  async releaseSeats(seats: number[]): Promise<Answer> {
    return this.#giveUp(api.releaseSeats(this.id, this.#visit().pass, seats));
  }
  async choosePrice(seats: number[], discount: number): Promise<Answer> {
    return this.#do(api.choosePrice(this.id, this.#visit().pass, seats, discount));
  }
  async pay(expectedWon: number): Promise<Answer> {
    return this.#do(api.pay(this.id, this.#visit().pass, expectedWon));
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
    if (momentOf(state) < momentOf(this.state.value)) return;
    batch(() => {
      const cause = this.asking.isGivenUpHere() ? null : "elsewhere";
      this.belongings.compare(this.#had(), state, cause);
      this.state.value = state;
      this.#hearCounts(state.now_ms, tallyOf(state.counts, state.returns_at_ms));
      const { you } = state;
      // A dialog does not outlive what it is about.
      if (isMoot(this.question.value, you)) this.question.value = null;
      if (you.kind !== "inside") this.clash.value = null;
      if (you.kind === "waiting") {
        this.place.value = { position: you.position, behind: you.behind };
      }
    });
  }

  // What one has, with the position that the counts told last.
  #had(): Had | null {
    const had = hadOf(this.state.value.you);
    const position = this.place.value?.position;
    return had?.position == null || position == null ? had : { ...had, position };
  }

  #onLink(link: Link): void {
    if (link === "live" && this.link.value === "broken") this.belongings.comeBack();
    this.link.value = link;
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
    const { position, behind } = message;
    batch(() => {
      this.#hearCounts(message.now_ms, tallyOf(message, message.returns_at_ms));
      if (position !== null) this.place.value = { position, behind: behind ?? 0 };
    });
  }

  // The server tells the time of the race; the clock wants the time of day.
  #onPong({ echo, now_ms }: PongMessage): void {
    notePong(echo, now_ms + this.state.value.started_at_ms);
  }

  #hearCounts(atMs: number, counts: Tally): void {
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

  #giveUp(asked: Promise<Answer>): Promise<Answer> {
    return this.asking.giveUp(() => this.#do(asked));
  }

  // Waits for an answer and takes over what it says. If none comes, the race itself says what became of the command.
  async #do(asked: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await this.asking.wait(asked);
      this.hear(answer.state);
      return answer;
    } catch (error) {
      if (error instanceof Unreachable) void this.refreshRace().catch(() => undefined);
      throw error;
    }
  }
}
