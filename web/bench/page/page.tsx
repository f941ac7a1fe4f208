/** The seat map by itself, with seats that the bench changes. `?plan=NAME` says which hall. */

import { signal } from "@preact/signals";
import { render } from "preact";
import type { Catalogue, Plan } from "#/api/types";
import { SeatMap } from "#/seatmap/index";
import "#/ui/tokens.css";
import "#/ui/base.css";
import "./page.css";

export type Bench = {
  states: Uint8Array;
  seatCount: number;
  /** Tells the map that `states` has changed. */
  bump: () => void;
  open: (section: number | null) => void;
  /** When a seat was chosen, and when the page had been told to show it. */
  chosen: number[];
};

const seatsOf = (plan: Plan): number =>
  plan.sections.reduce(
    (sum, section) => sum + section.rows.reduce((seats, row) => seats + row.x.length, 0),
    0,
  );

async function start(): Promise<void> {
  const name = new URL(location.href).searchParams.get("plan") ?? "dome";
  const { plans } = (await (await fetch("/api/catalogue")).json()) as Catalogue;
  const card = plans.find((known) => known.name === name);
  if (!card) throw new Error("no such plan");
  const plan = (await (await fetch(`/api/plans/${card.address}`)).json()) as Plan;
  const seatCount = seatsOf(plan);
  const states = new Uint8Array(seatCount);
  // A third is gone already, as in the middle of a sale.
  for (let seat = 0; seat < seatCount; seat += 1)
    states[seat] = seat % 7 === 0 ? 2 : seat % 5 === 0 ? 1 : 0;
  const version = signal(0);
  const section = signal<number | null>(null);
  const mine = signal<number[]>([]);
  const bench: Bench = {
    states,
    seatCount,
    bump: () => {
      version.value += 1;
    },
    open: (wanted) => {
      section.value = wanted;
    },
    chosen: [],
  };
  Object.assign(window, { bench });

  function Page() {
    return (
      <div class="bench-stage">
        <SeatMap
          plan={plan}
          states={states}
          version={version.value}
          mine={mine.value}
          section={section.value}
          mode={section.value === null ? "overview" : "seats"}
          gradeFilter={null}
          language="ko"
          viewAgeMs={0}
          reducedMotion={false}
          onSection={bench.open}
          onSeat={(seat) => {
            mine.value = [seat];
            bench.chosen.push(seat);
          }}
          onBack={() => bench.open(null)}
          announce={() => undefined}
        />
      </div>
    );
  }

  const root = document.getElementById("app");
  if (root) render(<Page />, root);
}

void start();
