// The server's endpoints for the door, where tickets are shown. Fetched with its screen.
import type { DoorTicket } from "./account-types";
import { get, post } from "./client";

const ticket = (code: string) => `/api/tickets/${encodeURIComponent(code)}`;

export const getTicket = (code: string) => get<DoorTicket>(ticket(code));
export const enterTicket = (code: string) => post<DoorTicket>(`${ticket(code)}/enter`, {});
