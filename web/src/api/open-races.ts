// The server's endpoints for races that everybody may enter.
import { get, post } from "./client";
import type { OpenRaces, Room } from "./room-types";

export const getOpenRaces = () => get<OpenRaces>("/api/open-races");
export const enterOpenRace = (code: string) =>
  post<Room>(`/api/open-races/${encodeURIComponent(code)}/enter`, {});
