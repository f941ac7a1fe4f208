// The server's endpoints for rooms, open races and handing over. Fetched with the rooms: home and a race alone need
// none of them.
import { get, LARGE, post } from "./client";
import type { HandOver, Results, Room, RoomSettings } from "./room-types";
import type { Report } from "./types";

const room = (code: string) => `/api/rooms/${encodeURIComponent(code)}`;
const put = <T>(path: string, body: unknown) => post<T>(path, body, { method: "PUT" });

export const newRoom = (settings: RoomSettings, name: string) =>
  post<Room>("/api/rooms", { settings, name });
export const getRoom = (code: string) => get<Room>(room(code));
export const joinRoom = (code: string, name: string) =>
  post<Room>(`${room(code)}/members`, { name });
export const beReady = (code: string, ready: boolean) =>
  put<Room>(`${room(code)}/ready`, { ready });
/** The host removes a member; anybody else themselves, which is to leave. */
export const removeMember = (code: string, number: number) =>
  post<Room>(`${room(code)}/members/${number}`, undefined, { method: "DELETE" });
export const changeRoom = (code: string, settings: RoomSettings) =>
  put<Room>(`${room(code)}/settings`, settings);
export const setDoor = (code: string, door: Room["door"]) =>
  put<Room>(`${room(code)}/door`, { door });
export const startRoom = (code: string) => post<Room>(`${room(code)}/start`, {}, { policy: LARGE });
export const rematch = (code: string) => post<Room>(`${room(code)}/rematch`, {});
export const getResults = (code: string) => get<Results>(`${room(code)}/results`, LARGE);
export const shareReport = (code: string, shared: boolean) =>
  put<Room>(`${room(code)}/report`, { shared });
export const getReportOf = (race: string, member: number) =>
  get<Report>(`/api/races/${race}/report?member=${member}`, LARGE);
export const recordPath = (race: string) => `/api/races/${race}/record`;

export const handOver = (to: string) => post<HandOver>("/api/handover", { to });
export const claimHandOver = (code: string) =>
  post<{ to: string }>("/api/handover/claim", { code });
