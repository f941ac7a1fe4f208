// One live connection to a race. It opens itself again after a fault, and hands on what comes without
// knowing the race.
//
//   connecting -> live -> broken -> (a wait that grows with each failure) -> connecting
import { openWire, type Wire } from "#/platform/socket";
import { after, type Cancel, every } from "#/platform/time";
import { waitBeforeTry } from "./backoff";
import { type FeedMessage, parseMessage } from "./messages";

export type Link = "connecting" | "live" | "broken";
export type LiveEvents = {
  onLink(link: Link): void;
  onMessage(message: FeedMessage): void;
  onFrame(bytes: Uint8Array): void;
  /** Local time, to be echoed: tells the way there and back. */
  now(): number;
};

const PING_EVERY_MS = 5_000;
/** A line that is silent this long is taken for dead: counts come each second. */
const SILENCE_MAX_MS = 12_000;

/** Opens at once and stays open until `close`. */
export class Live {
  #wire: Wire | null = null;
  #failures = 0;
  #heardAt = 0;
  #pingedAt = 0;
  #retry: Cancel | null = null;
  #pulse: Cancel | null = null;
  #closed = false;
  readonly #path: string;
  readonly #events: LiveEvents;

  constructor(path: string, events: LiveEvents) {
    this.#path = path;
    this.#events = events;
    this.#connect();
  }

  /** Asks the server for a snapshot of all seats. */
  resync(): void {
    this.#wire?.send(JSON.stringify({ type: "resync" }));
  }

  close(): void {
    this.#closed = true;
    this.#drop();
    this.#retry?.();
  }

  #connect(): void {
    this.#events.onLink(this.#failures === 0 ? "connecting" : "broken");
    this.#heardAt = this.#events.now();
    this.#wire = openWire(this.#path, {
      onOpen: () => {
        this.#failures = 0;
        this.#events.onLink("live");
        this.#ping();
      },
      onText: (text) => {
        this.#noteHeard();
        const message = parseMessage(text);
        if (message) this.#events.onMessage(message);
      },
      onBytes: (bytes) => {
        this.#noteHeard();
        this.#events.onFrame(bytes);
      },
      onClose: () => this.#tryAgain(),
    });
    this.#pulse = every(PING_EVERY_MS, () => {
      if (this.#events.now() - this.#heardAt > SILENCE_MAX_MS) this.#tryAgain();
      else this.#ping();
    });
  }

  // Browsers slow the timers of a page in the background down to one a minute, and the server closes a line that
  // says nothing for half a minute. So what the server says lets a ping go out as well.
  #noteHeard(): void {
    this.#heardAt = this.#events.now();
    if (this.#heardAt - this.#pingedAt >= PING_EVERY_MS) this.#ping();
  }

  #ping(): void {
    this.#pingedAt = this.#events.now();
    this.#wire?.send(JSON.stringify({ type: "ping", echo: this.#events.now() }));
  }

  #drop(): void {
    this.#pulse?.();
    this.#wire?.close();
    this.#wire = null;
  }

  // Waits longer after each failure, so that a server in trouble is not pressed.
  #tryAgain(): void {
    this.#drop();
    if (this.#closed) return;
    this.#events.onLink("broken");
    const wait = waitBeforeTry(this.#failures++, Math.random());
    this.#retry = after(wait, () => this.#connect());
  }
}
