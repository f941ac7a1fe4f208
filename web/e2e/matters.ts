/** What matters on each screen, by the name that a walk gives it. */

export type Matter = {
  /** What must be on the screen before anybody scrolls. */
  seen: string[];
  /** Buttons that must be there too, in reach of a finger at their middle and their corners. */
  pressed: string[];
};

const GO = ".stage-go .button";
const DIALOG: Matter = { seen: ["dialog h2"], pressed: ["dialog .button"] };
const PAY: Matter = { seen: [".window h1"], pressed: [".pay-go .button"] };
const MAP: Matter = { seen: [".seatmap-frame"], pressed: [".sheet-go .button"] };
const REPORT: Matter = { seen: [".verdict h1"], pressed: [GO] };
const ROOM: Matter = { seen: [".room h1"], pressed: [GO] };
const PAGE: Matter = { seen: ["h1"], pressed: [] };
const DONE: Matter = { seen: [".done h1"], pressed: [GO] };

export const MATTERS: Record<string, Matter> = {
  home: { seen: [".home h1"], pressed: [".home-words .button"] },
  lobby: { seen: [".countdown-number"], pressed: [".lobby-press .button"] },
  queue: { seen: [".queue-place"], pressed: [] },
  leave: DIALOG,
  lost: DONE,
  "lost-report": REPORT,
  captcha: {
    seen: [".captcha-picture img", ".captcha-input"],
    pressed: [GO, ".captcha-tools button"],
  },
  sections: MAP,
  seats: MAP,
  list: { seen: [".seatmap-step select"], pressed: [".sheet-go .button"] },
  conflict: DIALOG,
  price: PAY,
  receipt: PAY,
  payment: PAY,
  done: DONE,
  report: REPORT,
  missing: { seen: [".missing h1"], pressed: [".missing .button"] },
  "new-room": { seen: ["h1"], pressed: [GO] },
  join: { seen: ["h1"], pressed: [GO] },
  "hand-over": { seen: ["h1", ".hand-over-code"], pressed: [GO] },
  "no-room": { seen: [".missing h1"], pressed: [GO] },
  room: ROOM,
  remove: { seen: [], pressed: [GO] },
  "watch-before": PAGE,
  "room-done": DONE,
  watch: PAGE,
  results: { seen: ["h1"], pressed: [GO] },
  "room-running": ROOM,
  score: DONE,
  times: { seen: [".progress h1"], pressed: [] },
  shows: { seen: [".show-search-link"], pressed: [] },
  search: { seen: ["h1", ".search-words .input"], pressed: [] },
  calendar: PAGE,
  concert: PAGE,
  me: PAGE,
  likes: PAGE,
  "no-concert": PAGE,
};
