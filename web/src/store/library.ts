// What does not change while the page is open: the catalogue, and the plans by their addresses. Each is fetched once.
import { signal } from "@preact/signals";
import { getCatalogue, getPlan } from "#/api/client";
import type { Catalogue, Plan } from "#/api/types";
import { insist } from "#/platform/wake";

export const catalogue = signal<Catalogue | null>(null);

let fetching: Promise<void> | null = null;

/** Fetches the catalogue, and tries again until it is there. */
export function loadCatalogue(): Promise<void> {
  fetching ??= insist(getCatalogue).then((found) => {
    catalogue.value = found;
  });
  return fetching;
}

const plans = new Map<string, Promise<Plan>>();

export function loadPlan(address: string): Promise<Plan> {
  const known = plans.get(address);
  if (known) return known;
  const loading = getPlan(address);
  plans.set(address, loading);
  // A failure is not remembered: whoever asks again gets another try.
  loading.catch(() => plans.delete(address));
  return loading;
}
