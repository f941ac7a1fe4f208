// Which concert a race belongs to, remembered in this browser: so that its end leads back there.
import { concertPath } from "../address";
import { keepRow, keptRows } from "../kept-rows";

const KEY = "shows";

/** A real opening of the concert, or a rehearsal of one. */
export type ShowOrigin = { race: string; concert: string; performance: string; isReal: boolean };

export function noteOrigin(origin: ShowOrigin): void {
  keepRow<ShowOrigin>(KEY, origin, ({ race }) => race === origin.race);
}

/** Where a race came from; null if that was no concert, or this browser does not know. */
export function originOfShow(race: string): ShowOrigin | null {
  return keptRows<ShowOrigin>(KEY).find((one) => one.race === race) ?? null;
}

/** The page that a race leads back to: its concert's, or the first. */
export function wayBack(race: string): string {
  const origin = originOfShow(race);
  return origin ? concertPath(origin.concert) : "/";
}
