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
};
export type PongMessage = { type: "pong"; now_ms: number; echo: number };
type StateMessage = { type: "state" } & Record<string, unknown>;
export type FeedMessage = CountsMessage | PongMessage | StateMessage;

export function parseMessage(text: string): FeedMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  const known = value.type === "state" || value.type === "counts" || value.type === "pong";
  return known ? (value as FeedMessage) : null;
}
