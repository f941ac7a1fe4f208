// Small halls for tests: straight rows of 50 cm chairs, 90 cm apart.

type Row = {
  label: string;
  first_seat: number;
  numbers: unknown;
  x: number[];
  y: number[];
  grades: number | number[];
  kinds?: unknown;
  gaps?: number[];
};

export type FixtureSection = {
  floor: string;
  label: string;
  left: number;
  top: number;
  rows: number[];
  grade?: number;
};

/** `rows` gives the number of chairs of each row, all centred on the longest. */
export function planJson(sections: FixtureSection[]): Record<string, unknown> & {
  sections: { rows: Row[]; [key: string]: unknown }[];
} {
  let seat = 0;
  let width = 1000;
  let height = 1000;
  const made = sections.map((section) => {
    const longest = Math.max(...section.rows);
    const right = section.left + longest * 50;
    const bottom = section.top + section.rows.length * 90;
    width = Math.max(width, right + 100);
    height = Math.max(height, bottom + 100);
    const rows = section.rows.map((count, row): Row => {
      const first_seat = seat;
      seat += count;
      const start = section.left + ((longest - count) * 50) / 2 + 25;
      return {
        label: String(row + 1),
        first_seat,
        numbers: { from: 1, count },
        x: Array.from({ length: count }, (_, i) => Math.round(start + i * 50)),
        y: Array.from({ length: count }, () => section.top + row * 90 + 45),
        grades: section.grade ?? 0,
      };
    });
    return {
      floor: section.floor,
      label: section.label,
      outline: [
        [section.left, section.top],
        [right, section.top],
        [right, bottom],
        [section.left, bottom],
      ],
      rows,
    };
  });
  return {
    name: "small",
    title: { ko: "작은 홀", en: "Small hall", ja: "小ホール" },
    width,
    height,
    stage: {
      shape: "end",
      outline: [
        [300, 0],
        [700, 0],
        [700, 80],
        [300, 80],
      ],
    },
    grades: [
      { name: "VIP", color: "#d9437f", price_won: 165_000 },
      { name: "R", color: "#8455c9", price_won: 132_000 },
    ],
    sections: made,
  };
}

export function twoSections(): ReturnType<typeof planJson> {
  return planJson([
    { floor: "F", label: "A", left: 100, top: 200, rows: [6, 8, 10], grade: 0 },
    { floor: "1", label: "B", left: 100, top: 700, rows: [10, 10], grade: 1 },
  ]);
}
