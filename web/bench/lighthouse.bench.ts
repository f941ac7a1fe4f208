import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium, type Page, test } from "@playwright/test";
import { pressAtOpening, reach } from "../e2e/race";
import { Server } from "../e2e/server";
import { isQuick, median, record, spread, tell } from "./figures";

const RUNS = isQuick ? 1 : 3;
const HERE = fileURLToPath(new URL("lighthouse", import.meta.url));
const LIBRARY = fileURLToPath(new URL("library", import.meta.url));

type Result = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { score: number | null; numericValue?: number; title: string }>;
};
type Lighthouse = (
  url: string,
  flags: Record<string, unknown>,
) => Promise<{ lhr: Result } | undefined>;

/** Two hundred packages that only this bench needs: installed from a lock file of their own. */
async function lighthouse(): Promise<Lighthouse> {
  const entry = join(HERE, "node_modules/lighthouse/core/index.js");
  if (!existsSync(entry)) {
    tell("installing Lighthouse");
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: HERE });
  }
  const module = (await import(pathToFileURL(entry).href)) as { default: Lighthouse };
  return module.default;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === "string") throw new Error("there is no port");
  return address.port;
}

async function newRace(page: Page, scenario: string): Promise<string> {
  return page.evaluate(async (name) => {
    const answer = await fetch("/api/races", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
      body: JSON.stringify({ scenario: name }),
    });
    return ((await answer.json()) as { race: { id: string } }).race.id;
  }, scenario);
}

/** A long queue to stand in, and a race that was given up to be told about. */
async function prepare(page: Page, address: string): Promise<{ queue: string; report: string }> {
  await page.goto(`${address}/`);
  const given = await newRace(page, "first-time");
  await page.goto(`${address}/race/${given}/lobby`);
  await pressAtOpening(page, () => page.locator(".lobby-press button").click());
  await reach(page, "(queue|captcha)");
  await page.evaluate(async (id) => {
    await fetch(`/api/races/${id}/leave`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
      body: "{}",
    });
  }, given);
  const queued = await newRace(page, "hall-normal");
  await page.goto(`${address}/race/${queued}/lobby`);
  await pressAtOpening(page, async () => {
    // Late on purpose: whoever comes after thousands stands for minutes.
    await page.waitForTimeout(6_000);
    await page.locator(".lobby-press button").click();
  });
  await reach(page, "queue");
  return { queue: `${address}/race/${queued}/queue`, report: `${address}/race/${given}/report` };
}

test("bar 4: Lighthouse", async () => {
  const audit = await lighthouse();
  const program = new Server(LIBRARY);
  await program.start();
  const profile = mkdtempSync(join(tmpdir(), "tingting-lighthouse-"));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${port}`],
    locale: "ko-KR",
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    tell("bringing one race to its queue and one to its report");
    const { queue, report } = await prepare(page, program.address);
    await page.goto("about:blank");
    for (const [name, url] of [
      ["home", `${program.address}/`],
      ["queue", queue],
      ["report", report],
    ] as const) {
      const results: Result[] = [];
      for (let run = 1; run <= RUNS; run += 1) {
        tell(`Lighthouse on ${name}, run ${run} of ${RUNS}`);
        const done = await audit(url, {
          port,
          output: "json",
          logLevel: "error",
          disableStorageReset: true,
        });
        if (done) results.push(done.lhr);
      }
      tellOf(name, results);
    }
  } finally {
    await context.close();
    await program.end();
    rmSync(profile, { recursive: true, force: true });
  }
});

const SCORES = [
  ["performance", 95],
  ["accessibility", 100],
  ["best-practices", 100],
  ["seo", 95],
] as const;
const TIMES = [
  ["largest-contentful-paint", "LCP, s", 2_000, 1_000, 2],
  ["total-blocking-time", "TBT, ms", 150, 1, 0],
  ["cumulative-layout-shift", "CLS", 0.02, 1, 3],
] as const;

function tellOf(name: string, results: readonly Result[]): void {
  const part = 4 as const;
  for (const [category, least] of SCORES) {
    const scores = results.map((one) => Math.round((one.categories[category]?.score ?? 0) * 100));
    record({
      part,
      what: `Lighthouse, ${name}: ${category}`,
      figure: spread(scores),
      bar: least === 100 ? "100" : `≥ ${least}`,
      isMet: median(scores) >= least,
    });
  }
  for (const [audit, title, most, by, digits] of TIMES) {
    const values = results.map((one) => one.audits[audit]?.numericValue ?? Infinity);
    record({
      part,
      what: `Lighthouse, ${name}: ${title}`,
      figure: spread(
        values.map((value) => value / by),
        digits,
      ),
      bar: `≤ ${most / by}`,
      isMet: median(values) <= most,
    });
  }
  const failed = new Set(
    results.flatMap((one) =>
      Object.values(one.audits)
        .filter((audit) => audit.score !== null && audit.score < 0.9)
        .map((audit) => audit.title),
    ),
  );
  if (failed.size > 0) tell(`${name} could do better: ${[...failed].join("; ")}`);
}
