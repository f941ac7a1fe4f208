// The plan as the server sends it: GET /api/plans/{name}. Whole centimetres.

export type PlanGeometry = {
  name: string;
  title: { ko: string; en: string; ja: string };
  width: number;
  height: number;
  stage: { shape: "end" | "thrust" | "round"; outline: [number, number][] };
  grades: { name: string; color: string; price_won: number }[];
  sections: { floor: string; label: string; outline: [number, number][]; rows: PlanRow[] }[];
};

export type PlanRow = {
  label: string;
  first_seat: number;
  numbers: string[] | { from: number; count: number };
  x: number[];
  y: number[];
  grades: number[] | number;
  kinds?: { wheelchair?: number[]; restricted?: number[] };
  // After which seats of the row an aisle lies.
  gaps?: number[];
};
