// One chunk for the map and its overview: they share nearly everything.
export { SeatMap } from "#/seatmap/index";
export { HallOverview } from "#/seatmap/overview";
export { drawPosterHall } from "#/seatmap/poster";
