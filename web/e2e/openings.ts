/** Openings of a test's own: a server without the demo, and concerts that open when the test wants. */

import { type APIRequestContext, type Browser, expect, type Page } from "@playwright/test";
import { newPerson, type Person } from "./rooms";
import { Server } from "./server";

/** Prices are the plan's own. */
const GRADES = [
  { name: "R", price_won: 66_000 },
  { name: "S", price_won: 44_000 },
];
const DAY_MS = 86_400_000;

type Terms = {
  title: string;
  style: string;
  /** From now, in seconds. */
  opensInS: number;
  performers?: readonly string[];
};

export type MadeOpening = { concert: string; performance: string };

/** A server, somebody who may make concerts, and a small hall. */
export class House {
  readonly server = new Server(undefined, ["--no-demo"]);
  readonly people: Person[] = [];
  readonly #browser: Browser;
  #host: APIRequestContext | null = null;
  #venue = "";

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async open(): Promise<void> {
    await this.server.start();
    const { page } = await this.person();
    await page.goto("/");
    const cookies = await page.context().cookies();
    const guest = cookies.find(({ name }) => name === "tingting_guest")?.value ?? "";
    await this.server.operate("admin", "grant", guest);
    this.#host = page.request;
    const venue = { name: "조약돌", city: "서울", zone: "Asia/Seoul", plan: "chamber" };
    this.#venue = (await this.#make<{ id: string }>("venues", venue)).id;
  }

  /** Somebody with a browser of their own. */
  async person(): Promise<Person> {
    const person = await newPerson(this.#browser, this.server.address);
    this.people.push(person);
    return person;
  }

  /** Keeps a concert with one performance, whose opening has one rival: guests may enter what is practice. */
  async opening({ title, style, opensInS, performers = [] }: Terms): Promise<MadeOpening> {
    const ids: string[] = [];
    for (const name of performers)
      ids.push((await this.#make<{ id: string }>("performers", { name })).id);
    const opens_at_ms = Math.round((await this.now()) + opensInS * 1_000);
    const made = await this.#make<{ id: string; performances: string[] }>("concerts", {
      title,
      venue: this.#venue,
      grades: GRADES,
      performers: ids,
      performances: [
        {
          starts_at_ms: opens_at_ms + 10 * DAY_MS,
          opens_at_ms,
          closes_at_ms: opens_at_ms + 3_600_000,
          style,
          rivals: 1,
          seats_per_person: 2,
          cancelled_seats: "at-once",
        },
      ],
    });
    return { concert: made.id, performance: made.performances[0] ?? "" };
  }

  async now(): Promise<number> {
    const answer = await this.#asked().get("/api/clock");
    return ((await answer.json()) as { now_ms: number }).now_ms;
  }

  async close(): Promise<void> {
    for (const { page, errors } of this.people) {
      expect(errors, "errors of the page").toEqual([]);
      await page.context().close();
    }
    await this.server.end();
  }

  async #make<T>(what: string, data: object): Promise<T> {
    const answer = await this.#asked().post(`/api/admin/${what}`, { data });
    expect(answer.status(), await answer.text()).toBe(201);
    return (await answer.json()) as T;
  }

  #asked(): APIRequestContext {
    if (!this.#host) throw new Error("the house is not open");
    return this.#host;
  }
}

/** From the page of the concert into its sale. */
export async function enterFrom(page: Page, { concert }: MadeOpening): Promise<void> {
  await page.goto(`/concerts/${concert}`);
  await page.locator(".opening-go .button").first().click();
}
