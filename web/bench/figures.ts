/** What was measured, gathered from file to file of a run. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Figure = {
  part: 2 | 4 | 9;
  what: string;
  figure: string;
  /** What is promised, and whether it is kept; nothing for what is only told. */
  bar?: string;
  isMet?: boolean;
};

const FOLDER = fileURLToPath(new URL("../node_modules/.bench", import.meta.url));
const FILE = `${FOLDER}/figures.jsonl`;

export const isQuick = process.env["BENCH_QUICK"] === "1";
export const RUNS = isQuick ? 1 : 3;

export default function forget(): void {
  mkdirSync(FOLDER, { recursive: true });
  rmSync(FILE, { force: true });
}

export function record(figure: Figure): void {
  appendFileSync(FILE, `${JSON.stringify(figure)}\n`);
  const verdict = figure.isMet === undefined ? "" : figure.isMet ? " (met)" : " (NOT met)";
  process.stdout.write(`    ${figure.what}: ${figure.figure}${verdict}\n`);
}

/** While something long runs. */
export function tell(text: string): void {
  process.stdout.write(`    ${text} …\n`);
}

export function figures(): Figure[] {
  if (!existsSync(FILE)) return [];
  return readFileSync(FILE, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Figure);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The middle one, with the least and the greatest. */
export function spread(values: readonly number[], digits = 0): string {
  const text = (value: number) => value.toFixed(digits);
  const middle = text(median(values));
  if (values.length < 2) return middle;
  return `${middle} (${text(Math.min(...values))} to ${text(Math.max(...values))})`;
}
