/** One race as this visitor sees it: the server's word, the live line, and what was asked of the server. */

import { batch, computed, signal } from "@preact/signals";
import * as api from "#/api/client";
import type { Answer, Counts, Inside, Mark, MarkName, Race } from "#/api/types";
import { type Link, Live } from "#/feed/live";
import type { CountsMessage, FeedMessage } from "#/feed/messages";
import { localNow } from "#/platform/time";
import { clock, notePong, serverNow } from "./clock";
import { SeatsStore } from "./seats";

/** Ten seconds of the feed are enough to tell how fast the queue moves. */
const PACE_WINDOW_MS = 10_000;

export class RaceStore {
  readonly id: string;
  readonly race;
  readonly link = signal<Link>("connecting");
  readonly counts;
  readonly place = signal<{ position: number; behind: number } | null>(null);
  /** Admissions a second as the queue has lately moved; null before that can be told. */
  readonly pace = signal<number | null>(null);
  readonly seats = new SeatsStore();
  readonly style;
  readonly inside = computed<Inside | null>(() => {
    const { you } = this.race.value;
    return you.kind === "inside" ? you : null;
  });
  readonly hold = computed(() => this.inside.value?.hold ?? null);
  readonly opensAt;
  #live: Live | null = null;
  #marked = new Set<MarkName>();
  #marks: Mark[] = [];
  #paceLog: { atMs: number; served: number }[] = [];

  constructor(race: Race) {
    this.id = race.id;
    this.race = signal(race);
    this.counts = signal<Counts>(race.counts);
    this.style = computed(() => this.race.value.style);
    this.opensAt = computed(() => this.race.value.started_at_ms + this.race.value.opens_at_ms);
    this.#hear(race);
  }

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

  close(): void {
    this.#live?.close();
    this.#live = null;
  }

  /** Race time now. */
  now(): number {
    return serverNow() - this.race.value.started_at_ms;
  }

  async enter(): Promise<Answer> {
    return this.#took(await api.enter(this.id));
  }
  async leave(): Promise<Answer> {
    return this.#took(await api.leave(this.id));
  }
  async refreshRace(): Promise<void> {
    this.#hear(await api.getRace(this.id));
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
  async reloadSeats(): Promise<void> {
    this.seats.apply(new Uint8Array(await api.getSeats(this.id)));
  }

  /** The visitor's own moment of something, for the report. Only the first of a name counts, save for clicks. */
  mark(name: MarkName, atMs = serverNow()): void {
    if (name !== "seat-click" && this.#marked.has(name)) return;
    this.#marked.add(name);
    const error = clock.value?.errorMs ?? 0;
    this.#marks.push({ name, at_ms: atMs, error_ms: error });
    // What cannot be sent now goes with the next mark.
    const sent = this.#marks.splice(0);
    api.sendMarks(this.id, sent).catch(() => this.#marks.unshift(...sent));
  }

  #visit(): Inside {
    const inside = this.inside.value;
    if (!inside) throw new Error("a command of the inside was given from outside");
    return inside;
  }

  #took(answer: Answer): Answer {
    this.#hear(answer.race);
    return answer;
  }

  /** Answers and the feed may cross: what is older than what is known changes nothing. */
  hear(race: Race): void {
    this.#hear(race);
  }

  #hear(race: Race): void {
    if (race.now_ms < this.race.value.now_ms) return;
    batch(() => {
      this.race.value = race;
      this.#count({ ...race.counts, now_ms: race.now_ms, position: null, behind: null });
      if (race.you.kind === "waiting") {
        this.place.value = { position: race.you.position, behind: race.you.behind };
      }
    });
  }

  #onMessage(message: FeedMessage): void {
    switch (message.type) {
      case "race":
        this.#hear(message as unknown as Race);
        break;
      case "counts":
        this.#count(message as CountsMessage);
        break;
      case "pong":
        notePong(
          Number(message["echo"]),
          Number(message["now_ms"]) + this.race.value.started_at_ms,
        );
        break;
    }
  }

  #count(told: Omit<CountsMessage, "type">): void {
    const { position, behind, now_ms, ...counts } = told;
    batch(() => {
      this.counts.value = counts;
      if (position !== null && position !== undefined) {
        this.place.value = { position, behind: behind ?? 0 };
      }
      this.#paceLog = this.#paceLog.filter((entry) => now_ms - entry.atMs <= PACE_WINDOW_MS);
      const oldest = this.#paceLog[0];
      if (oldest && now_ms - oldest.atMs >= 2_000) {
        const pace = ((counts.served - oldest.served) * 1000) / (now_ms - oldest.atMs);
        this.pace.value = pace > 0 ? pace : this.pace.value;
      }
      this.#paceLog.push({ atMs: now_ms, served: counts.served });
    });
  }
}
