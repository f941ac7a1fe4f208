// One room as this visitor sees it: the server's word, the live connection and what was asked of the server.
import { computed, signal } from "@preact/signals";
import { Refused } from "#/api/client";
import type { Room, RoomSettings } from "#/api/room-types";
import * as api from "#/api/rooms";
import { type Link, Live } from "#/feed/live";
import { recallHere, rememberHere } from "#/platform/storage";
import { type Cancel, localNow } from "#/platform/time";
import { insist, onWake } from "#/platform/wake";
import { noteRoom } from "./known-rooms";
import { memberOf, type News, newsBetween, raceToEnter } from "./room-news";

/** Holds one room from its first answer until it is closed. */
export class RoomStore {
  readonly code: string;
  /** As the server said it last; null before its first answer. */
  readonly room = signal<Room | null>(null);
  readonly isMissing = signal(false);
  /** The host has removed this visitor. */
  readonly isRemoved = signal(false);
  readonly link = signal<Link>("connecting");
  readonly me = computed(() => this.room.value && memberOf(this.room.value));
  readonly isHost = computed(() => {
    const room = this.room.value;
    return room !== null && room.you !== null && room.you === room.host;
  });
  readonly #tell: (news: News[]) => void;
  #live: Live | null = null;
  #stopWaking: Cancel | null = null;
  #isOpen = true;
  #isLeaving = false;

  /** `tell` hears what is new and worth saying. */
  constructor(code: string, tell: (news: News[]) => void) {
    this.code = code;
    this.#tell = tell;
  }

  /** Asks for the room until it is there, and stays connected to it. */
  async open(): Promise<void> {
    await insist(
      () => this.#look(),
      () => this.#isOpen && !this.isMissing.value,
    );
    if (!this.#isOpen || this.isMissing.value) return;
    this.#stopWaking = onWake(() => void this.#look().catch(() => undefined));
    this.#live = new Live(`/api/rooms/${this.code}/live`, {
      now: localNow,
      onLink: (link) => {
        this.link.value = link;
      },
      onMessage: (message) => {
        if (message.type === "room") this.hear(message["room"] as Room);
      },
      onFrame: () => undefined,
    });
  }

  close(): void {
    this.#isOpen = false;
    this.#live?.close();
    this.#stopWaking?.();
  }

  /** Takes over what the server says. Answers and the connection may cross: older news is dropped. */
  hear(room: Room): void {
    const before = this.room.value;
    if (before && room.revision < before.revision) return;
    this.room.value = room;
    if (room.you !== null) this.isRemoved.value = false;
    if (room.race) noteRoom(room.race, this.code);
    const news = before ? newsBetween(before, room) : [];
    const isOut = news.some(({ kind }) => kind === "removed");
    if (isOut && this.#isLeaving) return;
    if (isOut) this.isRemoved.value = true;
    if (news.length > 0) this.#tell(news);
  }

  /** The race to go to now, told once for each race in this tab; null if there is none. */
  takeRace(): string | null {
    const room = this.room.value;
    const key = `went.${this.code}`;
    const race = room && raceToEnter(room, recallHere(key));
    if (race) rememberHere(key, race);
    return race;
  }

  async join(name: string): Promise<void> {
    this.#isLeaving = false;
    this.hear(await api.joinRoom(this.code, name));
  }
  async beReady(ready: boolean): Promise<void> {
    this.hear(await api.beReady(this.code, ready));
  }
  async remove(number: number): Promise<void> {
    this.hear(await api.removeMember(this.code, number));
  }
  async leave(): Promise<void> {
    const me = this.me.value;
    if (!me) return;
    this.#isLeaving = true;
    await this.remove(me.number);
  }
  async change(settings: RoomSettings): Promise<void> {
    this.hear(await api.changeRoom(this.code, settings));
  }
  async setDoor(door: Room["door"]): Promise<void> {
    this.hear(await api.setDoor(this.code, door));
  }
  async start(): Promise<void> {
    this.hear(await api.startRoom(this.code));
  }
  async rematch(): Promise<void> {
    this.hear(await api.rematch(this.code));
  }
  async shareReport(shared: boolean): Promise<void> {
    this.hear(await api.shareReport(this.code, shared));
  }

  async #look(): Promise<void> {
    try {
      this.hear(await api.getRoom(this.code));
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.status !== 404) throw error;
      this.isMissing.value = true;
    }
  }
}
