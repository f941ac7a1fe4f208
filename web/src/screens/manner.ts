// How a style speaks and looks: its words and its skin, and the defaults for names this client does not know.
import type { Style } from "#/api/types";
import { m } from "#/paraglide/messages";

type Screen = Pick<Style, "screen">;

/** What the screens of a style say, each part in the visitor's language at the moment it is asked for. */
export type Words = {
  queue: {
    /** What the service says of itself above the title, if it does: what it is doing, and that it is late. */
    notice: { state: () => string; delay: () => string } | null;
    title: () => string;
    /** What the place is called, if a name stands beside it. */
    placeName: (() => string) | null;
    /** The place, of a number that is already written out. */
    place: (position: string) => string;
    /** What the visitor is told under the line; `progress` is the share of the way that lies behind. */
    text: (position: number | null, progress: number) => string;
    /** What a refresh costs where it costs the place. */
    warning: () => string;
  };
  captcha: { title: () => string; text: () => string; wrong: () => string };
  taken: { title: () => string; ok: () => string };
};

/** Plain words: they say what happens and what to do. */
const PLAIN: Words = {
  queue: {
    notice: null,
    title: () => m.queue_title_plain(),
    placeName: null,
    place: (position) => position,
    text: (position, progress) => {
      if (position === null) return m.queue_check_plain();
      return isSoon(progress) ? m.queue_soon_plain() : m.queue_wait_plain();
    },
    warning: () => m.queue_warning_plain(),
  },
  captcha: {
    title: () => m.captcha_title_plain(),
    text: () => m.captcha_text_plain(),
    wrong: () => m.captcha_wrong_plain(),
  },
  taken: { title: () => m.seats_taken_title_plain(), ok: () => m.seats_taken_ok_plain() },
};

/** Official words: short formal notices. */
const OFFICIAL: Words = {
  queue: {
    notice: { state: () => m.queue_state_official(), delay: () => m.queue_delay_official() },
    title: () => m.queue_title_official(),
    placeName: () => m.queue_place_official(),
    place: (position) => m.queue_nth_official({ place: position }),
    text: () => m.queue_text_official(),
    warning: () => m.queue_warning_official(),
  },
  captcha: {
    title: () => m.captcha_title_official(),
    text: () => m.captcha_text_official(),
    wrong: () => m.captcha_wrong_official(),
  },
  taken: { title: () => m.seats_taken_title_official(), ok: () => m.seats_taken_ok_official() },
};

const WORDS = new Map<string, Words>([
  ["plain", PLAIN],
  ["official", OFFICIAL],
]);

/** The skins that the style sheets know as `data-skin`. */
export type Skin = "round" | "square";

const SKINS = new Map<string, Skin>([
  ["round", "round"],
  ["square", "square"],
]);

/** The words of a style; plain ones if this client does not know the set that the style names. */
export function wordsOfStyle({ screen }: Screen): Words {
  return WORDS.get(screen.words) ?? PLAIN;
}

/** The skin of a style; the round one if this client does not know the skin that the style names. */
export function skinOfStyle({ screen }: Screen): Skin {
  return SKINS.get(screen.skin) ?? "round";
}

/** Whether a visitor is so near the front that the screen says so. */
export function isSoon(progress: number): boolean {
  return progress > 0.9;
}
