// What the server says of accounts, points, tickets and the door, as its description has it.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type MyRoom = Schemas["MyRoom"];
export type MyRooms = Schemas["MyRooms"];

export type PointsCause = Schemas["PointsCause"];
export type PointsEntry = Schemas["PointsEntry"];
export type PointsPage = Schemas["PointsPage"];

export type Ticket = Schemas["Ticket"];
export type TicketedBooking = Schemas["TicketedBooking"];

export type DoorState = Schemas["TicketState"];
export type DoorTicket = Schemas["DoorTicket"];
