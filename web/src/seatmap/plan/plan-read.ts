// Reads the plan's JSON and refuses what does not hold together, with the place of the fault.

/** What was read, in lists that grow with the plan. */
export type Read = {
  name: string;
  title: { ko: string; en: string; ja: string };
  width: number;
  height: number;
  stage: { shape: "end" | "thrust" | "round"; outline: Float32Array };
  grades: { name: string; color: string; priceWon: number }[];
  sections: { floor: string; label: string; outline: Float32Array; rowFrom: number }[];
  rowLabels: string[];
  rowSection: number[];
  rowStart: number[];
  x: number[];
  y: number[];
  grade: number[];
  kind: number[];
  adjacent: number[];
  numbers: string[];
};

const SEATS_MAX = 100_000;
const SECTIONS_MAX = 512;
const ROWS_MAX = 20_000;
const GRADES_MAX = 16;

/** A plan that does not hold together, with the place of the fault in it. */
export class PlanError extends Error {
  readonly place: string;

  constructor(place: string, what: string) {
    super(`${place}: ${what}`);
    this.name = "PlanError";
    this.place = place;
  }
}

type Fields = Record<string, unknown>;

/** Checks everything that the map relies on. */
export function readPlan(json: unknown): Read {
  const plan = fields(json, "plan");
  const stage = fields(plan["stage"], "stage");
  const shape = stage["shape"];
  if (shape !== "end" && shape !== "thrust" && shape !== "round") {
    throw new PlanError("stage.shape", "end, thrust or round expected");
  }
  const read: Read = {
    name: text(plan["name"], "name"),
    title: title(plan["title"]),
    width: length(plan["width"], "width"),
    height: length(plan["height"], "height"),
    stage: { shape, outline: outline(stage["outline"], "stage.outline") },
    grades: list(plan["grades"], "grades", GRADES_MAX).map(grade),
    sections: [],
    rowLabels: [],
    rowSection: [],
    rowStart: [],
    x: [],
    y: [],
    grade: [],
    kind: [],
    adjacent: [],
    numbers: [],
  };
  for (const [index, value] of list(plan["sections"], "sections", SECTIONS_MAX).entries()) {
    const place = `sections[${index}]`;
    const section = fields(value, place);
    read.sections.push({
      floor: text(section["floor"], `${place}.floor`),
      label: text(section["label"], `${place}.label`),
      outline: outline(section["outline"], `${place}.outline`),
      rowFrom: read.rowLabels.length,
    });
    for (const [at, row] of list(section["rows"], `${place}.rows`, ROWS_MAX).entries()) {
      readRow(read, index, row, `${place}.rows[${at}]`);
    }
  }
  return read;
}

function readRow(read: Read, section: number, value: unknown, place: string): void {
  const row = fields(value, place);
  const first = read.x.length;
  if (row["first_seat"] !== first) {
    throw new PlanError(`${place}.first_seat`, `${first} expected: seats are numbered in order`);
  }
  const xs = list(row["x"], `${place}.x`, SEATS_MAX - first);
  const ys = list(row["y"], `${place}.y`, SEATS_MAX);
  const count = xs.length;
  if (ys.length !== count) throw new PlanError(`${place}.y`, `${count} numbers expected`);
  if (read.rowLabels.length >= ROWS_MAX) throw new PlanError(place, `over ${ROWS_MAX} rows`);
  read.rowLabels.push(text(row["label"], `${place}.label`));
  read.rowSection.push(section);
  read.rowStart.push(first);
  for (let i = 0; i < count; i += 1) {
    read.x.push(within(xs[i], read.width, `${place}.x[${i}]`));
    read.y.push(within(ys[i], read.height, `${place}.y[${i}]`));
    read.kind.push(0);
    read.adjacent.push(i + 1 < count ? 1 : 0);
  }
  readNumbers(read, row["numbers"], count, `${place}.numbers`);
  readGrades(read, row["grades"], count, `${place}.grades`);
  const kinds = fields(row["kinds"] ?? {}, `${place}.kinds`);
  for (const at of indices(kinds["wheelchair"], count, `${place}.kinds.wheelchair`)) {
    read.kind[first + at] = 1;
  }
  for (const at of indices(kinds["restricted"], count, `${place}.kinds.restricted`)) {
    read.kind[first + at] = 2;
  }
  for (const at of indices(row["gaps"], count, `${place}.gaps`)) read.adjacent[first + at] = 0;
}

function readNumbers(read: Read, value: unknown, count: number, place: string): void {
  if (Array.isArray(value)) {
    if (value.length !== count) throw new PlanError(place, `${count} numbers expected`);
    for (const [i, number] of value.entries()) read.numbers.push(text(number, `${place}[${i}]`));
    return;
  }
  const range = fields(value, place);
  const from = whole(range["from"], `${place}.from`);
  if (range["count"] !== count) throw new PlanError(`${place}.count`, `${count} expected`);
  for (let i = 0; i < count; i += 1) read.numbers.push(String(from + i));
}

function readGrades(read: Read, value: unknown, count: number, place: string): void {
  const known = read.grades.length;
  const check = (one: unknown, at: string): number => {
    const index = whole(one, at);
    if (index >= known) throw new PlanError(at, `there are ${known} grades`);
    return index;
  };
  if (!Array.isArray(value)) {
    const same = check(value, place);
    for (let i = 0; i < count; i += 1) read.grade.push(same);
    return;
  }
  if (value.length !== count) throw new PlanError(place, `${count} grades expected`);
  for (const [i, one] of value.entries()) read.grade.push(check(one, `${place}[${i}]`));
}

function indices(value: unknown, count: number, place: string): number[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new PlanError(place, "a list expected");
  return value.map((one, i) => {
    const index = whole(one, `${place}[${i}]`);
    if (index >= count) throw new PlanError(`${place}[${i}]`, `the row has ${count} seats`);
    return index;
  });
}

function grade(value: unknown, index: number): Read["grades"][number] {
  const place = `grades[${index}]`;
  const about = fields(value, place);
  const color = text(about["color"], `${place}.color`);
  if (!/^#[0-9a-f]{6}$/i.test(color)) throw new PlanError(`${place}.color`, "#rrggbb expected");
  const priceWon = whole(about["price_won"], `${place}.price_won`);
  return { name: text(about["name"], `${place}.name`), color, priceWon };
}

function title(value: unknown): Read["title"] {
  const names = fields(value, "title");
  return {
    ko: text(names["ko"], "title.ko"),
    en: text(names["en"], "title.en"),
    ja: text(names["ja"], "title.ja"),
  };
}

function outline(value: unknown, place: string): Float32Array {
  const points = list(value, place, SEATS_MAX);
  const flat = new Float32Array(points.length * 2);
  for (const [i, point] of points.entries()) {
    if (!Array.isArray(point) || point.length !== 2) throw new PlanError(place, "[x, y] expected");
    flat[2 * i] = finite(point[0], `${place}[${i}][0]`);
    flat[2 * i + 1] = finite(point[1], `${place}[${i}][1]`);
  }
  if (points.length < 3) throw new PlanError(place, "at least three corners expected");
  return flat;
}

function fields(value: unknown, place: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PlanError(place, "an object expected");
  }
  return value as Fields;
}

function list(value: unknown, place: string, max: number): unknown[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new PlanError(place, "a list with something in it expected");
  }
  if (value.length > max) throw new PlanError(place, `at most ${max} expected`);
  return value;
}

function text(value: unknown, place: string): string {
  if (typeof value !== "string") throw new PlanError(place, "text expected");
  return value;
}

function finite(value: unknown, place: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new PlanError(place, "a number expected");
  }
  return value;
}

function whole(value: unknown, place: string): number {
  const number = finite(value, place);
  if (!Number.isInteger(number) || number < 0) {
    throw new PlanError(place, "a whole number of at least 0 expected");
  }
  return number;
}

function length(value: unknown, place: string): number {
  const number = finite(value, place);
  if (number <= 0) throw new PlanError(place, "more than 0 expected");
  return number;
}

function within(value: unknown, max: number, place: string): number {
  const number = finite(value, place);
  if (number < 0 || number > max) throw new PlanError(place, `0 to ${max} expected`);
  return number;
}
