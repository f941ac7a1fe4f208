// What the page gives the seat map, and what it hears from it.
import type { ComponentChildren } from "preact";
import type { Language, Plan } from "#/api/types";

export type SeatMapProps = {
  plan: Plan;
  /** One byte a seat (0 free, 1 held, 2 sold), or packed as the feed packs them. */
  states: Uint8Array;
  /** Another number whenever `states` changed in place. */
  version: number;
  mine: number[];
  section: number | null;
  gradeFilter: Set<number> | null;
  /** Without it the map keeps the filter by itself. */
  onGradeFilter?: (filter: Set<number> | null) => void;
  language: Language;
  mode: "overview" | "seats";
  viewAgeMs: number | null;
  /** Stands in the bar above the map: a button to reload it. */
  tool?: ComponentChildren;
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
  onBack: () => void;
  reducedMotion: boolean;
  announce: (text: string, urgency: "polite" | "assertive") => void;
};
