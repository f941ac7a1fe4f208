/** What the seat map is given and what it tells. The map is a chunk of its own and knows nothing of a race. */

import type { Plan } from "#/api/types";

export type SeatMapProps = {
  plan: Plan;
  /** 0 free, 1 held, 2 sold. The array changes in place: `version` tells that it did. */
  states: Uint8Array;
  version: number;
  mine: number[];
  /** The section one is in; null is the whole hall. */
  section: number | null;
  busy: boolean;
  onSection: (section: number) => void;
  onSeat: (seat: number) => void;
  onBack: () => void;
};
