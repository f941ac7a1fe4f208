// The seat map, fetched before it is needed.
import { mapPart } from "../parts";

export const seatMap = mapPart.found;
/** Fetched while one waits for the opening, so that it is there when it is needed. */
export const fetchSeatMap = mapPart.fetch;
