// The server's endpoints for accounts, points and tickets. Fetched with the screens of shows.
import type { MyRooms, PointsPage, TicketedBooking } from "./account-types";
import { get, LARGE, tell } from "./client";

export const getPoints = (after: string | null, rows: number) => {
  const query = new URLSearchParams({ rows: String(rows) });
  if (after !== null) query.set("after", after);
  return get<PointsPage>(`/api/points?${query}`);
};
export const getBooking = (sale: string, number: string) =>
  get<TicketedBooking>(`/api/bookings/${encodeURIComponent(sale)}/${number}`);

export const getMyRooms = () => get<MyRooms>("/api/rooms");

export const logOut = () => tell("/api/me/log-out", undefined);
export const logOutEverywhere = () => tell("/api/me/log-out-everywhere", undefined);
/** Cancels every booking first: that may take a while. */
export const deleteMe = () => tell("/api/me", undefined, { method: "DELETE", policy: LARGE });
export const MY_DATA_PATH = "/api/me/data";
