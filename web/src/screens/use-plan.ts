// The plan of a hall for a part of the page that is shown before it is there.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Plan } from "#/api/types";
import { insist } from "#/platform/wake";
import { loadPlan } from "#/store/library";

/** The plan at this address once it is there; it is asked for until it comes or the part goes. */
export function usePlan(address: string | undefined): Plan | null {
  const plan = useSignal<Plan | null>(null);
  useEffect(() => {
    if (!address) return undefined;
    let isHere = true;
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
  return plan.value;
}
