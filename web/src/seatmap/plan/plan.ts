// The plan as the server sends it, made into flat arrays that can be walked fifty thousand times.
import { addToBox, type Box, boxOf, centroid, emptyBox, type Point } from "./geometry";
import { PlanError, readPlan } from "./plan-read";

/** A section with what is reckoned from its seats. */
export type SectionInfo = {
  floor: string;
  label: string;
  outline: Float32Array;
  rowFrom: number;
  rowTo: number;
  seatFrom: number;
  seatTo: number;
  /** Of the seats' middles, not of the outline. */
  box: Box;
  middle: Point;
  /** The usual distance of two neighbours: what a seat is drawn from. */
  pitch: number;
  /** The grade that most of its seats have. */
  grade: number;
};

type GradeInfo = { name: string; color: string; priceWon: number };

/** A plan as flat arrays. A seat is an index into them, and so is a row. */
export type Hall = {
  name: string;
  title: { ko: string; en: string; ja: string };
  width: number;
  height: number;
  stage: { shape: "end" | "thrust" | "round"; outline: Float32Array; middle: Point };
  grades: GradeInfo[];
  sections: SectionInfo[];
  rowLabels: string[];
  rowSection: Uint16Array;
  /** Row r has the seats rowStart[r] … rowStart[r + 1] − 1. */
  rowStart: Uint32Array;
  seats: number;
  x: Float32Array;
  y: Float32Array;
  grade: Uint8Array;
  kind: Uint8Array;
  row: Uint16Array;
  section: Uint16Array;
  /** 1 where the next index is the next chair, without an aisle between. */
  adjacent: Uint8Array;
  numbers: string[];
  /** Smallest pitch of any section. */
  pitch: number;
  /** There are several floors, so that the name of a section carries its floor. */
  isFloorNamed: boolean;
};

export const KIND_WHEELCHAIR = 1;
export const KIND_RESTRICTED = 2;

export { PlanError } from "./plan-read";

/** Throws a `PlanError` that names the place of the fault. */
export function parsePlan(json: unknown): Hall {
  const read = readPlan(json);
  const seats = read.x.length;
  const rows = read.rowLabels.length;
  const hall: Hall = {
    name: read.name,
    title: read.title,
    width: read.width,
    height: read.height,
    stage: { ...read.stage, middle: centroid(read.stage.outline) },
    grades: read.grades,
    sections: [],
    rowLabels: read.rowLabels,
    rowSection: Uint16Array.from(read.rowSection),
    rowStart: new Uint32Array(rows + 1),
    seats,
    x: Float32Array.from(read.x),
    y: Float32Array.from(read.y),
    grade: Uint8Array.from(read.grade),
    kind: Uint8Array.from(read.kind),
    row: new Uint16Array(seats),
    section: new Uint16Array(seats),
    adjacent: Uint8Array.from(read.adjacent),
    numbers: read.numbers,
    pitch: Infinity,
    isFloorNamed: new Set(read.sections.map(({ floor }) => floor)).size > 1,
  };
  hall.rowStart.set(read.rowStart);
  hall.rowStart[rows] = seats;
  for (let row = 0; row < rows; row += 1) {
    const to = hall.rowStart[row + 1] as number;
    hall.row.fill(row, hall.rowStart[row] as number, to);
    hall.section.fill(hall.rowSection[row] as number, hall.rowStart[row] as number, to);
  }
  for (const [index, about] of read.sections.entries()) {
    const next = read.sections[index + 1];
    const rowTo = next ? next.rowFrom : rows;
    const section = measure(hall, { ...about, rowTo });
    hall.sections.push(section);
    hall.pitch = Math.min(hall.pitch, section.pitch);
  }
  if (hall.sections.length === 0) throw new PlanError("sections", "the plan has none");
  return hall;
}

type About = {
  floor: string;
  label: string;
  outline: Float32Array;
  rowFrom: number;
  rowTo: number;
};

// Reckons what the map needs of a section: box, pitch and the commonest grade.
function measure(hall: Hall, about: About): SectionInfo {
  const seatFrom = hall.rowStart[about.rowFrom] as number;
  const seatTo = hall.rowStart[about.rowTo] as number;
  const box = emptyBox();
  const steps: number[] = [];
  const grades = new Uint32Array(256);
  for (let seat = seatFrom; seat < seatTo; seat += 1) {
    const x = hall.x[seat] as number;
    const y = hall.y[seat] as number;
    addToBox(box, x, y);
    const grade = hall.grade[seat] as number;
    grades[grade] = (grades[grade] as number) + 1;
    if (hall.adjacent[seat] === 1) {
      steps.push(Math.hypot((hall.x[seat + 1] as number) - x, (hall.y[seat + 1] as number) - y));
    }
  }
  steps.sort((a, b) => a - b);
  // Low in the list, because a wheelchair place is two chairs wide and single seats have no pitch.
  const pitch = Math.max(10, steps[Math.floor(steps.length / 4)] ?? 50);
  return {
    ...about,
    seatFrom,
    seatTo,
    box,
    middle: centroid(about.outline.length >= 6 ? about.outline : cornersOf(box)),
    pitch,
    grade: grades.indexOf(Math.max(...grades)),
  };
}

function cornersOf(box: Box): number[] {
  return [box.left, box.top, box.right, box.top, box.right, box.bottom, box.left, box.bottom];
}

/** The area of a section with the whole of its outermost seats. */
export function sectionBox(section: SectionInfo): Box {
  const outline = boxOf(section.outline);
  return {
    left: Math.min(outline.left, section.box.left - section.pitch / 2),
    top: Math.min(outline.top, section.box.top - section.pitch / 2),
    right: Math.max(outline.right, section.box.right + section.pitch / 2),
    bottom: Math.max(outline.bottom, section.box.bottom + section.pitch / 2),
  };
}
