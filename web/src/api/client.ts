// The server's endpoints as functions. A refusal is thrown as `Refused`, silence as `Unreachable`.
import { send, Unreachable } from "#/platform/http";
import { sleep } from "#/platform/time";
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

/** A command is tried again under the same key, so that it is done once however often it is sent. */
const COMMAND_TRIES_MAX = 4;
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
 * another, and a race would belong to somebody this browser no longer is: so all others wait for the first.
 */
let named: Promise<unknown> | null = null;

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept-Language", language);
  if (named) await named;
  for (let tried = 1; ; tried++) {
    const answer = send(path, { ...init, headers });
    named ??= answer.catch(() => undefined);
    const response = await answer;
    if (response.ok) return response;
    const problem = await problemOf(response);
    const wait = problem.code === "too-many-requests" ? problem.retry_after_ms : undefined;
    if (wait === undefined || tried >= HASTY_TRIES_MAX) throw new Refused(problem);
    await sleep(Math.max(wait, HASTY_WAIT_MS_MIN * tried));
  }
}

async function get<T>(path: string): Promise<T> {
  return (await (await request(path)).json()) as T;
}

async function post<T>(path: string, body: unknown, pass?: string): Promise<T> {
  const headers = new Headers({
    "Content-Type": "application/json",
    "Idempotency-Key": crypto.randomUUID(),
    "Wire-Version": String(WIRE_VERSION),
  });
  if (pass) headers.set("Pass", pass);
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  for (let tried = 1; ; tried++) {
    try {
      return (await (await request(path, init)).json()) as T;
    } catch (error) {
      const away =
        error instanceof Unreachable || (error instanceof Refused && error.problem.status >= 502);
      if (!away || tried >= COMMAND_TRIES_MAX) throw error;
      await sleep(250 * 2 ** tried);
    }
  }
}

const race = (id: string) => `/api/races/${encodeURIComponent(id)}`;

export const getClock = () => get<{ now_ms: number }>("/api/clock");
export const getCatalogue = () => get<Catalogue>("/api/catalogue");
export const getPlan = (address: string) => get<Plan>(`/api/plans/${encodeURIComponent(address)}`);
export const getPastRaces = () => get<{ races: PastRace[] }>("/api/races");
export const getRace = (id: string) => get<RaceView>(race(id));
export const getReport = (id: string) => get<Report>(`${race(id)}/report`);
export const newRace = (what: NewRace) => post<RaceView>("/api/races", what);

export const enter = (id: string) => post<Answer>(`${race(id)}/enter`, {});
export const leave = (id: string) => post<Answer>(`${race(id)}/leave`, {});
export const sendMarks = (id: string, marks: Mark[]) =>
  post<unknown>(`${race(id)}/marks`, { marks });

export const answerCaptcha = (id: string, pass: string, challenge: number, letters: string) =>
  post<Answer>(`${race(id)}/captcha`, { challenge, letters }, pass);
export const renewCaptcha = (id: string, pass: string) =>
  post<Answer>(`${race(id)}/captcha/renew`, {}, pass);
export const putOffCaptcha = (id: string, pass: string) =>
  post<Answer>(`${race(id)}/captcha/put-off`, {}, pass);
export const viewSection = (id: string, pass: string, section: number) =>
  post<Answer>(`${race(id)}/view`, { section }, pass);
export const holdSeats = (id: string, pass: string, seats: number[]) =>
  post<Answer>(`${race(id)}/hold`, { seats }, pass);
export const releaseSeats = (id: string, pass: string, seats: number[]) =>
  post<Answer>(`${race(id)}/release`, { seats }, pass);
export const choosePrice = (id: string, pass: string, seats: number[], discount: number) =>
  post<Answer>(`${race(id)}/price`, { seats, discount }, pass);
export const pay = (id: string, pass: string, expectedWon: number) =>
  post<Answer>(`${race(id)}/pay`, { expected_won: expectedWon }, pass);

export async function getSeats(id: string): Promise<ArrayBuffer> {
  return (await request(`${race(id)}/seats`)).arrayBuffer();
}

export const captchaImage = (id: string, challenge: number) =>
  `${race(id)}/captcha/${challenge}.png`;
export const captchaSound = (id: string, challenge: number) =>
  `${race(id)}/captcha/${challenge}.wav`;
