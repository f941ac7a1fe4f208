// What the server says and is told of rooms, open races, watching and results, as its description has it.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Cost = Schemas["Cost"];
export type ResultRow = Schemas["ResultRow"];
export type Results = Schemas["Results"];
export type WatchStep = Schemas["WatchStep"];
export type WatchPerson = Schemas["WatchPerson"];
export type WatchState = Schemas["WatchState"];
export type Room = Schemas["Room"];
export type RoomMember = Schemas["RoomMember"];
export type RoomSettings = Schemas["RoomSettings"];
export type OpenRace = Schemas["OpenRace"];
export type OpenRaces = Schemas["OpenRaces"];
export type HandOver = Schemas["HandoverCode"];
