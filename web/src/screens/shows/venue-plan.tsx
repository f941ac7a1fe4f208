// The plan of a venue, drawn as in a race. It comes when one reads as far as here.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Concert } from "#/api/show-types";
import type { Plan } from "#/api/types";
import { m } from "#/i18n/words";
import { insist } from "#/platform/wake";
import { loadPlan } from "#/store/library";
import { language } from "#/store/settings";
import { mapPart } from "../parts";

export function VenuePlan({ plan: { address } }: Pick<Concert, "plan">) {
  return address === null ? null : <Drawn address={address} />;
}

function Drawn({ address }: { address: string }) {
  const plan = useSignal<Plan | null>(null);
  useEffect(() => {
    let isHere = true;
    void mapPart.fetch();
    void insist(
      () => loadPlan(address),
      () => isHere,
    ).then((loaded) => {
      if (isHere) plan.value = loaded;
    });
    return () => {
      isHere = false;
    };
  }, [address]);
  const drawn = mapPart.found.value;
  return (
    <div class="card concert-plan">
      {plan.value && drawn ? (
        <drawn.HallOverview plan={plan.value} states={null} language={language.value} />
      ) : (
        <p class="soft">{m.loading()}</p>
      )}
    </div>
  );
}
