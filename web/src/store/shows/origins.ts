// Which concert a race belongs to, remembered in this browser: so that its end leads back there.
import { recall, remember } from "#/platform/storage";

const KEY = "shows";
const KEPT_MAX = 20;

/** A real opening of the concert, or a rehearsal of one. */
export type ShowOrigin = { race: string; concert: string; performance: string; isReal: boolean };

function readAll(): ShowOrigin[] {
  try {
    const all: unknown = JSON.parse(recall(KEY) ?? "[]");
    return Array.isArray(all) ? (all as ShowOrigin[]) : [];
  } catch {
    return [];
  }
}

export function noteOrigin(origin: ShowOrigin): void {
  const others = readAll().filter(({ race }) => race !== origin.race);
  remember(KEY, JSON.stringify([origin, ...others].slice(0, KEPT_MAX)));
}

/** Where a race came from; null if that was no concert, or this browser does not know. */
export function originOfShow(race: string): ShowOrigin | null {
  return readAll().find((one) => one.race === race) ?? null;
}
