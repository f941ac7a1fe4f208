// The text side of the live feed. Shapes are checked as far as they are used; the rest is the server's word.
export type CountsMessage = {
  type: "counts";
  now_ms: number;
  given: number;
  served: number;
  waiting: number;
  inside: number;
  free: number;
  sold: number;
  position: number | null;
  behind: number | null;
  returns_at_ms: number | null;
};
export type PongMessage = { type: "pong"; now_ms: number; echo: number };
/** What a store of its own understands: of a race, of a room, of a race that one watches. */
type OtherMessage = { type: "state" | "room" | "watch" } & Record<string, unknown>;
export type FeedMessage = CountsMessage | PongMessage | OtherMessage;

const TYPES = ["state", "counts", "pong", "room", "watch"];

export function parseMessage(text: string): FeedMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  return TYPES.includes(value.type as string) ? (value as FeedMessage) : null;
}
