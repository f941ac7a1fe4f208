// What a race like the last one is made from.
import { rehearse } from "#/api/rehearse";
import type { NewRace, Race } from "#/api/types";
import { catalogue } from "#/store/library";
import { begin, start } from "../home/start";

/** The same race once more, with another crowd. One that was put together has no scenario of its own. */
function scenarioOf(
  race: Pick<Race, "scenario" | "plan" | "demand"> & { style: string | { name: string } },
): NewRace {
  const isKnown = catalogue.value?.scenarios.some(({ name }) => name === race.scenario);
  if (isKnown || race.scenario === "first-time") return { scenario: race.scenario };
  const style = typeof race.style === "string" ? race.style : race.style.name;
  return { plan: race.plan, demand: race.demand, style };
}

/** The same once more: a rehearsal of the opening that this one rehearsed, or a race like it. */
export function startAgain(
  race: Parameters<typeof scenarioOf>[0] & Pick<Race, "rehearses">,
): Promise<void> {
  const { rehearses } = race;
  return rehearses ? begin(() => rehearse(rehearses)) : start(scenarioOf(race));
}
