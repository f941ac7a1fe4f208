// The heart: filled where one likes a concert. Its name stays the same, and its state tells whether one does.
import type { ConcertCard } from "#/api/show-types";
import { m } from "#/i18n/words";
import { isLiked, toggleLike } from "#/store/shows/likes";
import { showRefusal } from "./trouble";

const HEART =
  "M12 20s-7.500-4.600-7.500-10.200A4.300 4.300 0 0 1 12 7.200a4.300 4.300 0 0 1 7.500 2.600C19.500 15.400 12 20 12 20z";

type LikeButtonProps = {
  card: Pick<ConcertCard, "id" | "title" | "liked">;
  /** With its word beside it. */
  worded?: boolean;
};

export function LikeButton({ card, worded }: LikeButtonProps) {
  const is = isLiked(card);
  const press = () => {
    void toggleLike(card, {
      liked: m.show_liked,
      unliked: m.show_unliked,
      refused: showRefusal,
      away: m.show_like_failed,
    });
  };
  return (
    <button
      type="button"
      class={worded ? "button show-like" : "show-like show-like-small"}
      aria-pressed={is}
      aria-label={worded ? undefined : m.show_like_of({ title: card.title })}
      onClick={press}
    >
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={HEART} />
      </svg>
      {worded && m.show_like()}
    </button>
  );
}
