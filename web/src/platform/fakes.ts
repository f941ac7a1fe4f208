// For tests: stand-ins for the owners of time, fetch and WebSocket. Nothing waits and nothing is sent.
//
// A test file takes them with
//   vi.mock("#/platform/time", async () => (await import("#/platform/fakes")).time.owner);
// and likewise for `http` and `socket`.
import type { Wire, WireEvents } from "./socket";
import type { Cancel } from "./time";

/** A clock that moves only when it is told to. */
class FakeTime {
  nowMs = 1_000_000;
  /** Sleep that the page has not noticed yet: its own clock stood still meanwhile. */
  #unnoticedMs = 0;
  #due: { atMs: number; run: () => void; everyMs: number | null }[] = [];

  readonly owner = {
    localNow: () => this.nowMs - this.#unnoticedMs,
    catchUp: () => {
      const sleptMs = this.#unnoticedMs;
      this.#unnoticedMs = 0;
      return sleptMs;
    },
    after: (ms: number, run: () => void) => this.#add(ms, run, null),
    every: (ms: number, run: () => void) => this.#add(ms, run, ms),
    sleep: (ms: number) => new Promise<void>((resolve) => this.#add(ms, resolve, null)),
  };

  get waiting(): number {
    return this.#due.length;
  }

  /** Runs what falls due in this time, in order, each at its own moment. */
  async pass(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    await settled();
    for (;;) {
      const next = this.#due.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (!next || next.atMs > endMs) break;
      this.nowMs = next.atMs;
      if (next.everyMs === null) this.#due = this.#due.filter((one) => one !== next);
      else next.atMs += next.everyMs;
      next.run();
      await settled();
    }
    this.nowMs = endMs;
  }

  /** The machine sleeps: time goes by, no timer runs, and the page's own clock stands still. */
  suspend(ms: number): void {
    this.nowMs += ms;
    this.#unnoticedMs += ms;
    for (const entry of this.#due) entry.atMs += ms;
  }

  reset(): void {
    this.#due = [];
    this.#unnoticedMs = 0;
  }

  #add(ms: number, run: () => void, everyMs: number | null): Cancel {
    const entry = { atMs: this.nowMs + ms, run, everyMs };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((one) => one !== entry);
    };
  }
}

class Unreachable extends Error {}

type Asked = { method: string; path: string; body: unknown; headers: Headers };
type Reply = { status: number; body: unknown; lateMs: number };

/** What may become of a question: it is lost at once, or nothing ever comes. */
type Silence = "lost" | "never";

/** A server whose answers a test writes down beforehand. */
class FakeServer {
  asked: Asked[] = [];
  #replies = new Map<string, (Reply | Silence)[]>();

  readonly owner = {
    Unreachable,
    send: async (path: string, init: RequestInit, limitMs: number): Promise<Response> => {
      const method = init.method ?? "GET";
      const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : null;
      this.asked.push({ method, path, body, headers: new Headers(init.headers) });
      const waiting = this.#replies.get(`${method} ${path}`);
      // The last answer stays.
      const reply = waiting && waiting.length > 1 ? waiting.shift() : waiting?.[0];
      if (reply === "never") await time.owner.sleep(limitMs);
      if (!reply || reply === "lost" || reply === "never")
        throw new Unreachable(`no answer to ${method} ${path}`);
      if (reply.lateMs > 0) await time.owner.sleep(reply.lateMs);
      return new Response(JSON.stringify(reply.body), { status: reply.status });
    },
  };

  /** Adds an answer to a question such as `GET /api/clock`; "lost" and "never" are none. */
  on(question: string, reply: unknown, status = 200, lateMs = 0): void {
    const isSilent = reply === "lost" || reply === "never";
    const one: Reply | Silence = isSilent ? reply : { status, body: reply, lateMs };
    this.#replies.set(question, [...(this.#replies.get(question) ?? []), one]);
  }

  questions(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path}`);
  }

  reset(): void {
    this.asked = [];
    this.#replies.clear();
  }
}

/** A connection as the page opened it; the test plays the other end. */
export class FakeLine {
  readonly path: string;
  readonly events: WireEvents;
  readonly sent: unknown[] = [];
  isClosed = false;

  constructor(path: string, events: WireEvents) {
    this.path = path;
    this.events = events;
  }

  tell(message: object): void {
    this.events.onText(JSON.stringify(message));
  }
}

class FakeSockets {
  lines: FakeLine[] = [];

  readonly owner = {
    openWire: (path: string, events: WireEvents): Wire => {
      const line = new FakeLine(path, events);
      this.lines.push(line);
      return {
        send: (text) => line.sent.push(JSON.parse(text)),
        close: () => {
          line.isClosed = true;
        },
      };
    },
  };

  /** The connection that was opened last. */
  get last(): FakeLine {
    const line = this.lines.at(-1);
    if (!line) throw new Error("nothing was connected");
    return line;
  }

  reset(): void {
    this.lines = [];
  }
}

export const time = new FakeTime();
export const server = new FakeServer();
export const sockets = new FakeSockets();

export function resetFakes(): void {
  time.reset();
  server.reset();
  sockets.reset();
}

/** Waits until every promise that can go on has done so. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
