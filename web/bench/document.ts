/** The section of docs/BENCHMARKS.md, in place of the one that is there. */

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { type Figure, figures, isQuick } from "./figures";

const DOCUMENT = fileURLToPath(new URL("../../docs/BENCHMARKS.md", import.meta.url));
const TITLE = "Web";

const METHOD = `The client in a real browser against the real program: bars 2, 4 and 9 of the screens.
*Races* are played by a hand that loses no time once the first page rests, on the first race a visitor is offered, with
one letter in the captcha; times are the page's own, from the event of the tap to the frame after the screen has changed. *Lighthouse* 12.8.2 with its
settings for phones, on a race that stands at the screen. *The map* is a page of its own with the seats of a hall, the
processor slowed four times; a gesture is 120 moves at the rate of the screen and half a second of what follows. Frames are
milliseconds between animation frames, half of them / 95 of 100 / the longest; *work* is what the page's thread did for
one frame. There is no GPU on this machine: the browser paints canvases and puts layers together by software, on the same
two cores that run the program and the bench, and what a canvas paints counts as the page's work. Idle frames tell what
the machine itself could do at the time.`;

export default function write(): void {
  const all = figures();
  const isWhole = ([2, 4, 9] as const).every((part) => all.some((one) => one.part === part));
  const section = `## ${TITLE}\n\n${METHOD}\n\n${machine()}.\n\n${table(all)}`;
  process.stdout.write(`\n${section}\n`);
  const missed = all.filter((one) => one.isMet === false);
  process.stdout.write(missed.length === 0 ? "every bar is met\n" : `${missed.length} not met\n`);
  if (isQuick || !isWhole) {
    process.stdout.write("nothing was written: a quick run, or a part of one\n");
    return;
  }
  writeFileSync(DOCUMENT, replaced(readFileSync(DOCUMENT, "utf8"), section));
}

function table(all: readonly Figure[]): string {
  const rows = all
    .toSorted((a, b) => a.part - b.part)
    .map(({ what, figure, bar, isMet }) => {
      const promise = bar === undefined ? "" : `${bar}: ${isMet ? "met" : "**not met**"}`;
      return `| ${what} | ${figure} | ${promise} |\n`;
    });
  return `| what | figure | promised |\n| --- | --- | --- |\n${rows.join("")}`;
}

function machine(): string {
  const says = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const browser = says(process.env["CHROMIUM"] ?? "/usr/bin/chromium", "--version").split(
    " built",
  )[0];
  const gib = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  const program = /\/release\//u.test(process.env["TINGTING_BIN"] ?? "")
    ? "the program built for speed"
    : "a debug build of the program";
  const load = loadavg()[1]?.toFixed(1);
  return (
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${gib} GiB, Linux ${release()}, ${browser}, ` +
    `Node.js ${process.versions.node}, ${program}, load ${load} over the last five minutes; ${day}`
  );
}

function replaced(text: string, section: string): string {
  const parts = text.split(/^(?=## )/mu);
  const at = parts.findIndex((part) => part.startsWith(`## ${TITLE}\n`));
  if (at === -1) parts.push(section);
  else parts[at] = section;
  return `${parts.map((part) => part.trimEnd()).join("\n\n")}\n`;
}
