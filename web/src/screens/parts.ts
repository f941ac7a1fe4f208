// The parts of the page that are fetched later, all named in one place: so the build knows that none of them needs
// another, and puts what they share into the first script.
import { later } from "./later";

/** All screens of a race but the map and the report. */
export const racePart = later("race-screens", () => import("./race-screens"));
export const mapPart = later("map-chunk", () => import("./seats/map-chunk"));
export const reportPart = later("report", () => import("./report/report"));
/** All screens of rooms. */
export const roomPart = later("room-screens", () => import("./room/room-screens"));
/** What the first page can do without at first. */
export const homePart = later("home-later", () => import("./home/home-later"));
/** Exercises and progress, and what helps in a race: hints, the ghost, the choice where nothing is free. */
export const trainingPart = later("training", () => import("./exercise/training"));
/** Shows, search, calendar, a concert's page, one's own, and the door. */
export const showsPart = later("shows-screens", () => import("./shows/shows-screens"));
/** QR codes, which rooms and tickets have. */
export const qrPart = later("qr", () => import("./qr/qr"));
