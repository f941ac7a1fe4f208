// What a race like the last one is made from.
import type { NewRace, Race } from "#/api/types";
import { catalogue } from "#/store/library";

/** The same race once more, with another crowd. One that was put together has no scenario of its own. */
export function scenarioOf(
  race: Pick<Race, "scenario" | "plan" | "demand"> & { style: string | { name: string } },
): NewRace {
  const isKnown = catalogue.value?.scenarios.some(({ name }) => name === race.scenario);
  if (isKnown || race.scenario === "first-time") return { scenario: race.scenario };
  const style = typeof race.style === "string" ? race.style : race.style.name;
  return { plan: race.plan, demand: race.demand, style };
}
