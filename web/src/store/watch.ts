// A race that one only watches: the seats as they go, and where everybody is.
import { signal } from "@preact/signals";
import type { WatchState } from "#/api/room-types";
import { type Link, Live } from "#/feed/live";
import { localNow } from "#/platform/time";
import { SeatsStore } from "./seats";

export class WatchStore {
  readonly race: string;
  /** As it was told last; null before the first word. */
  readonly state = signal<WatchState | null>(null);
  readonly link = signal<Link>("connecting");
  readonly seats = new SeatsStore();
  readonly #live: Live;

  /** Connects at once. */
  constructor(race: string) {
    this.race = race;
    this.#live = new Live(`/api/races/${race}/watch`, {
      now: localNow,
      onLink: (link) => {
        this.link.value = link;
      },
      onMessage: (message) => {
        if (message.type === "watch") this.state.value = message as unknown as WatchState;
      },
      onFrame: (bytes) => {
        if (!this.seats.apply(bytes)) this.#live.resync();
      },
    });
  }

  close(): void {
    this.#live.close();
  }
}
