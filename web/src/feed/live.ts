// One live connection to a race. It opens itself again after a fault, and hands on what comes without
// knowing the race.
//
//   connecting -> live -> broken -> (a wait that grows with each failure) -> connecting
import { reloadPage } from "#/platform/page";
import { openWire, type Wire } from "#/platform/socket";
import { after, type Cancel, every } from "#/platform/time";
import { onWake } from "#/platform/wake";
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
/** A line that does not open in this time is given up, and another is tried. */
const OPENING_MAX_MS = 6_000;
/** The server closes a line with this code when its person is logged out or deleted. */
const LOGGED_OUT = 4001;
/** After a sleep a line has this long to show that it lives. */
const PROOF_MAX_MS = 2_000;

/** Opens at once and stays open until `close`. */
export class Live {
  #wire: Wire | null = null;
  #failures = 0;
  #heardAt = 0;
  #pingedAt = 0;
  #retry: Cancel | null = null;
  #pulse: Cancel | null = null;
  /** A time-out: for a line to open, or to show that it lives. */
  #limit: Cancel | null = null;
  #isOpen = false;
  #closed = false;
  readonly #stopWaking: Cancel;
  readonly #path: string;
  readonly #events: LiveEvents;

  constructor(path: string, events: LiveEvents) {
    this.#path = path;
    this.#events = events;
    this.#stopWaking = onWake((lostMs) => this.#prove(lostMs));
    this.#connect();
  }

  /** Asks the server for a snapshot of all seats. */
  resync(): void {
    this.#wire?.send(JSON.stringify({ type: "resync" }));
  }

  close(): void {
    this.#closed = true;
    this.#stopWaking();
    this.#drop();
    this.#retry?.();
  }

  #connect(): void {
    this.#events.onLink(this.#failures === 0 ? "connecting" : "broken");
    this.#heardAt = this.#events.now();
    this.#limit = after(OPENING_MAX_MS, () => this.#tryAgain());
    this.#wire = openWire(this.#path, {
      onOpen: () => {
        this.#limit?.();
        this.#isOpen = true;
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
      onClose: (code) => (code === LOGGED_OUT ? this.#leave() : this.#tryAgain()),
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

  // The page woke. A line that waits to be opened again waits no more; one that slept too long is opened anew; and any
  // other is asked for a sign of life, because a dead line looks like a silent one.
  #prove(lostMs: number): void {
    if (this.#closed) return;
    if (!this.#wire || lostMs > SILENCE_MAX_MS) {
      this.#openNow();
      return;
    }
    if (!this.#isOpen) return;
    const askedAt = this.#events.now();
    this.#ping();
    this.#limit?.();
    this.#limit = after(PROOF_MAX_MS, () => {
      if (this.#heardAt < askedAt) this.#openNow();
    });
  }

  #openNow(): void {
    this.#drop();
    this.#retry?.();
    this.#failures = Math.max(this.#failures, 1);
    this.#connect();
  }

  #drop(): void {
    this.#isOpen = false;
    this.#limit?.();
    this.#pulse?.();
    this.#wire?.close();
    this.#wire = null;
  }

  // Somebody else is at this browser now, so nothing on the page is theirs.
  #leave(): void {
    this.close();
    reloadPage();
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
