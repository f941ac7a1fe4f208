import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import { Server } from "../e2e/server";
import { median, RUNS, record, spread, tell } from "./figures";
import type { Frames, Sample } from "./frames";
import { type MapRow, measureMap, SCREENS, type Screen } from "./seatmap";
import { serveFolder } from "./serve";

const PAGE = fileURLToPath(new URL("../node_modules/.bench/page", import.meta.url));
const [PHONE, DESK] = SCREENS as [Screen, Screen];
const CASES: [hall: string, screen: Screen][] = [
  ["dome", PHONE],
  ["dome", DESK],
  ["stadium", PHONE],
];

const GESTURES = [
  ["panWhole", "pan over the hall"],
  ["zoom", "zoom in and out"],
  ["panSection", "pan over seats"],
] as const;

test("bar 9: the map of a large hall", async () => {
  const program = new Server();
  await program.start();
  const server = await serveFolder(PAGE, program.address);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    for (const [hall, screen] of CASES) {
      const rows: MapRow[] = [];
      for (let run = 1; run <= RUNS; run += 1) {
        tell(`the map of ${hall} at ${screen.name}, run ${run} of ${RUNS}`);
        rows.push(await measureMap(address, hall, screen));
      }
      tellOf(rows);
    }
  } finally {
    server.close();
    await program.end();
  }
});

function tellOf(rows: readonly MapRow[]): void {
  const [first] = rows;
  if (!first) return;
  const name = `\`${first.hall}\`, ${first.seats} seats, ${first.screen}`;
  const part = 9 as const;
  const idle = middle(rows.map((row) => row.idle.frames));
  record({ part, what: `${name}: idle frames`, figure: textOf(idle) });
  for (const [key, what] of GESTURES) {
    const frames = middle(rows.map((row) => row[key].frames));
    record({
      part,
      what: `${name}: ${what}, frames`,
      figure: textOf(frames),
      bar: "≤ 17 / 25 / 60",
      isMet: frames.p50 <= 17 && frames.p95 <= 25 && frames.worst <= 60,
    });
    record({ part, what: `${name}: ${what}, work; frames on screen`, figure: behind(rows, key) });
  }
  const changes = middle(rows.map((row) => row.changes.frames));
  record({
    part,
    what: `${name}: 200 seats change a second, frames`,
    figure: textOf(changes),
    bar: "none > 50",
    isMet: changes.worst <= 50.1,
  });
  record({
    part,
    what: `${name}: 200 seats change a second, work`,
    figure: behind(rows, "changes"),
  });
  least(rows, "firstDrawMs", `${name}: first drawing, ms`);
  least(rows, "sectionMs", `${name}: section to seats drawn, ms`, 150);
  least(rows, "tapMs", `${name}: tap to mark, slowest of seven, ms`, 100);
  least(rows, "nodes", `${name}: nodes`, 1_500);
}

function least(
  rows: readonly MapRow[],
  key: "firstDrawMs" | "sectionMs" | "tapMs" | "nodes",
  what: string,
  most?: number,
): void {
  const values = rows.map((row) => row[key]);
  const promise = most === undefined ? {} : { bar: `≤ ${most}`, isMet: median(values) <= most };
  record({ part: 9, what, figure: spread(values), ...promise });
}

type Key = "panWhole" | "zoom" | "panSection" | "changes";

function behind(rows: readonly MapRow[], key: Key): string {
  const of = (which: keyof Frames): string => textOf(middle(rows.map((row) => row[key][which])));
  return key === "changes" ? of("main") : `${of("main")}; ${of("shown")}`;
}

/** Each figure the middle one of the runs. */
function middle(samples: readonly Sample[]): Sample {
  const of = (key: keyof Sample): number => median(samples.map((sample) => sample[key]));
  return { p50: of("p50"), p95: of("p95"), worst: of("worst"), count: of("count") };
}

const textOf = ({ p50, p95, worst }: Sample): string => `${p50} / ${p95} / ${worst}`;
