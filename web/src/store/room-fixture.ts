// For tests: a room as the server tells it.
import type { ResultRow, Room, RoomMember } from "#/api/room-types";

export const CODE = "abcdefgh234567mn";

export const memberCalled = (name: string, more: Partial<RoomMember> = {}): RoomMember => ({
  number: 0,
  name,
  ready: false,
  host: false,
  here: true,
  watching: false,
  run: "away",
  ...more,
});

export function roomOf(more: Partial<Room> = {}): Room {
  const members = more.members ?? [memberCalled("하나", { host: true })];
  return {
    code: CODE,
    kind: "room",
    settings: { scenario: "first-time", start: { kind: "button" }, countdown_s: 30 },
    title: { ko: "공연", en: "Concert", ja: "公演" },
    host: 0,
    you: 0,
    your_name: members[0]?.name ?? null,
    door: "open",
    stage: "lobby",
    race: null,
    rematch: 0,
    starts_at_ms: null,
    opens_at_ms: null,
    members,
    member_count: members.length,
    members_max: 50,
    expires_at_ms: 90_000_000,
    commitment: null,
    revision: 1,
    ...more,
  };
}

export const rowOf = (member: number, more: Partial<ResultRow> = {}): ResultRow => ({
  member,
  name: `${member}`,
  you: false,
  ending: null,
  press_ms: null,
  place: null,
  admitted_ms: null,
  first_seat_ms: null,
  held_ms: null,
  paid_ms: null,
  seats: [],
  section: null,
  quality: null,
  cost: null,
  report_shared: false,
  ...more,
});
