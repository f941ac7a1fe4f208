// The plan of a venue, drawn as in a race. It comes when one reads as far as here.
import { useEffect } from "preact/hooks";
import type { Concert } from "#/api/show-types";
import { m } from "#/i18n/words";
import { language } from "#/store/settings";
import { mapPart } from "../parts";
import { usePlan } from "../use-plan";

export function VenuePlan({ plan: { address } }: Pick<Concert, "plan">) {
  return address === null ? null : <Drawn address={address} />;
}

function Drawn({ address }: { address: string }) {
  const plan = usePlan(address);
  useEffect(() => void mapPart.fetch(), []);
  const drawn = mapPart.found.value;
  return (
    <div class="card concert-plan">
      {plan && drawn ? (
        <drawn.HallOverview plan={plan} states={null} language={language.value} />
      ) : (
        <p class="soft">{m.loading()}</p>
      )}
    </div>
  );
}
