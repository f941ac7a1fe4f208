// The seat map, fetched before it is needed.
import { later } from "../later";

const map = later(() => import("./map-chunk"));

export const seatMap = map.found;
/** Fetched while one waits for the opening, so that it is there when it is needed. */
export const fetchSeatMap = map.fetch;
