// The server's endpoints as functions. A refusal is thrown as `Refused`, silence as `Unreachable`.
import { send, Unreachable } from "#/platform/http";
import { freshKey } from "#/platform/ids";
import { rest } from "#/platform/wake";
import type {
  Answer,
  Catalogue,
  Language,
  Mark,
  NewRace,
  PastRace,
  Plan,
  Problem,
  RaceView,
  Report,
} from "./types";
import { WIRE_VERSION } from "./wire";

export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Why something was not done: the server refused it, or could not be reached. */
export type Why = Refused | "away";
export const whyOf = (error: unknown): Why => (error instanceof Refused ? error : "away");

/**
 * How long each try of a request may last, in milliseconds, and the wait before the second; later waits are twice
 * as long each. A slow line is given more time with each try.
 */
type Policy = { limitsMs: readonly number[]; restMs: number };

/** Seconds count: silence is broken soon, under the same key, so that the command is done once. */
const COMMAND: Policy = { limitsMs: [4_000, 5_000, 6_000, 8_000], restMs: 500 };
const READ: Policy = { limitsMs: [4_000, 6_000, 10_000], restMs: 500 };
/** A large hall, or what the server must first reckon: a race that is set up, a report. */
export const LARGE: Policy = { limitsMs: [8_000, 12_000, 20_000], restMs: 500 };
/** A late answer says nothing about the time: the clock asks again by itself. */
const CLOCK: Policy = { limitsMs: [4_000], restMs: 0 };

/** Who asks too often, as by loading the page again and again, waits for as long as the server says. */
const HASTY_TRIES_MAX = 4;
const HASTY_WAIT_MS_MIN = 200;

let language: Language = "ko";
export function speakTo(chosen: Language): void {
  language = chosen;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { type: "about:blank", title: "", status: response.status, code: "no-words" };
  }
}

/**
 * Whoever comes without a name gets one with the first answer. Until it is there every question would get
 * another, and a race would belong to somebody this browser no longer is: so all others wait for the first. If that
 * one gets no answer, the next takes its turn.
 */
const guest = { isNamed: false, naming: null as Promise<unknown> | null };

async function askOnce(path: string, init: RequestInit, limitMs: number): Promise<Response> {
  while (guest.naming) await guest.naming;
  const answer = send(path, init, limitMs);
  if (!guest.isNamed) {
    guest.naming = answer
      .then(
        ({ status }) => {
          // A proxy that answers for a server names nobody.
          guest.isNamed = status < 500;
        },
        () => undefined,
      )
      .finally(() => {
        guest.naming = null;
      });
  }
  const response = await answer;
  if (!response.ok) throw new Refused(await problemOf(response));
  return response;
}

/** Whether the server, or the line to it, was away, so that the same question may have better luck. */
function isAway(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof Refused && error.problem.status >= 502);
}

/** Answers that say nothing of what was asked: of a proxy whose server is away, or of a server that is ending. */
const SILENT: readonly Problem["code"][] = [
  "no-words",
  "timed-out",
  "stopping",
  "journal-failed",
  "disk-full",
];

function isSilence(error: unknown): boolean {
  return isAway(error) && error instanceof Refused && SILENT.includes(error.problem.code);
}

/** How long the server asks a hasty guest to wait; null if it does not. */
function hastyWaitMs(error: unknown): number | null {
  const isHasty = error instanceof Refused && error.problem.status === 429;
  return isHasty ? (error.problem.retry_after_ms ?? null) : null;
}

async function request(path: string, policy: Policy, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept-Language", language);
  let lost = 0;
  let hasty = 0;
  for (;;) {
    try {
      return await askOnce(path, { ...init, headers }, policy.limitsMs[lost] ?? 0);
    } catch (error) {
      const waitMs = hastyWaitMs(error);
      if (waitMs !== null && ++hasty < HASTY_TRIES_MAX) {
        await rest(Math.max(waitMs, HASTY_WAIT_MS_MIN * hasty));
      } else if (isAway(error) && lost + 1 < policy.limitsMs.length) {
        await rest(policy.restMs * 2 ** lost++);
      } else throw isSilence(error) ? new Unreachable(error) : error;
    }
  }
}

export async function get<T>(path: string, policy = READ): Promise<T> {
  return (await (await request(path, policy)).json()) as T;
}

type Sending = { pass?: string; key?: string; policy?: Policy; method?: "POST" | "PUT" | "DELETE" };

/** Sends a command, for whose answer it is enough that it came. */
export function tell(path: string, body: unknown, how: Sending = {}): Promise<Response> {
  const headers = new Headers({
    "Content-Type": "application/json",
    "Idempotency-Key": how.key ?? freshKey(),
    "Wire-Version": String(WIRE_VERSION),
  });
  if (how.pass) headers.set("Pass", how.pass);
  const init = { method: how.method ?? "POST", headers, body: JSON.stringify(body) };
  return request(path, how.policy ?? COMMAND, init);
}

export async function post<T>(path: string, body: unknown, how?: Sending): Promise<T> {
  return (await (await tell(path, body, how)).json()) as T;
}

const race = (id: string) => `/api/races/${encodeURIComponent(id)}`;

export const getClock = () => get<{ now_ms: number }>("/api/clock", CLOCK);
export const getCatalogue = () => get<Catalogue>("/api/catalogue", LARGE);
export const getPlan = (address: string) =>
  get<Plan>(`/api/plans/${encodeURIComponent(address)}`, LARGE);
export const getPastRaces = () => get<{ races: PastRace[] }>("/api/races");
export const getRace = (id: string) => get<RaceView>(race(id));
export const getReport = (id: string) => get<Report>(`${race(id)}/report`, LARGE);
export const newRace = (what: NewRace) => post<RaceView>("/api/races", what, { policy: LARGE });

/** Under a key that was used before, the same entering is meant: it costs nothing twice. */
export const enter = (id: string, key = freshKey()) =>
  post<Answer>(`${race(id)}/enter`, {}, { key });
export const leave = (id: string) => post<Answer>(`${race(id)}/leave`, {});
export const sendMarks = (id: string, marks: Mark[], key: string) =>
  post<unknown>(`${race(id)}/marks`, { marks }, { key });

export const answerCaptcha = (id: string, pass: string, challenge: number, letters: string) =>
  post<Answer>(`${race(id)}/captcha`, { challenge, letters }, { pass });
export const renewCaptcha = (id: string, pass: string) =>
  post<Answer>(`${race(id)}/captcha/renew`, {}, { pass });
export const putOffCaptcha = (id: string, pass: string) =>
  post<Answer>(`${race(id)}/captcha/put-off`, {}, { pass });
export const viewSection = (id: string, pass: string, section: number) =>
  post<Answer>(`${race(id)}/view`, { section }, { pass });
export const holdSeats = (id: string, pass: string, seats: number[]) =>
  post<Answer>(`${race(id)}/hold`, { seats }, { pass });
export const releaseSeats = (id: string, pass: string, seats: number[]) =>
  post<Answer>(`${race(id)}/release`, { seats }, { pass });
export const choosePrice = (id: string, pass: string, seats: number[], discount: number) =>
  post<Answer>(`${race(id)}/price`, { seats, discount }, { pass });
export const pay = (id: string, pass: string, expectedWon: number) =>
  post<Answer>(`${race(id)}/pay`, { expected_won: expectedWon }, { pass });

export async function getSeats(id: string): Promise<ArrayBuffer> {
  return (await request(`${race(id)}/seats`, READ)).arrayBuffer();
}

export const captchaImage = (id: string, challenge: number) =>
  `${race(id)}/captcha/${challenge}.png`;
export const captchaSound = (id: string, challenge: number) =>
  `${race(id)}/captcha/${challenge}.wav`;
