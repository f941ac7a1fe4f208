// What one likes, as last pressed: all cards of a concert tell the same, whichever list they came with.
import { signal } from "@preact/signals";
import { Refused } from "#/api/client";
import type { ConcertCard } from "#/api/show-types";
import { setLiked } from "#/api/shows";
import { remember } from "#/platform/storage";
import { Word } from "../word";
import { EVER_LIKED } from "./ever-liked";

/** Long enough to press the way to the list. */
const WORD_MS = 6_000;

const pressed = signal<ReadonlyMap<string, boolean>>(new Map());
/** What the server has been told; another press meanwhile is told after it. */
const sending = new Set<string>();

/** Counts up with every change that the server knows of. */
export const likesVersion = signal(0);
/** What became of a press, for a few seconds. */
export const likeWord = new Word(WORD_MS);
/** Whether the word says that something is liked: then there is a list to look at. */
export const isOfLike = signal(false);

export type LikeWords = {
  liked: () => string;
  unliked: () => string;
  refused: (error: Refused) => string;
  away: () => string;
};

export const isLiked = (card: Pick<ConcertCard, "id" | "liked">) =>
  pressed.value.get(card.id) ?? card.liked ?? false;

function set(id: string, is: boolean | null): void {
  const next = new Map(pressed.value);
  if (is === null) next.delete(id);
  else next.set(id, is);
  pressed.value = next;
}

function say(words: string, ofLike: boolean): void {
  isOfLike.value = ofLike;
  likeWord.say(words);
}

/** Shows the press at once. If the server does not take it, it is taken back and said why. */
export async function toggleLike(
  card: Pick<ConcertCard, "id" | "liked">,
  words: LikeWords,
): Promise<void> {
  const { id } = card;
  const before = isLiked(card);
  set(id, !before);
  if (sending.has(id)) return;
  sending.add(id);
  let told = before;
  try {
    // Whoever pressed again while the server was told wants the last of it.
    for (let wanted = isLiked(card); wanted !== told; wanted = isLiked(card)) {
      await setLiked(id, wanted);
      told = wanted;
      if (wanted) remember(EVER_LIKED, "yes");
    }
    likesVersion.value++;
    say(told ? words.liked() : words.unliked(), told);
  } catch (error) {
    set(id, told);
    say(error instanceof Refused ? words.refused(error) : words.away(), false);
  } finally {
    sending.delete(id);
  }
}
