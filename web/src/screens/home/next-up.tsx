// What to train next, on the first page.
import { LOSS_WORDS } from "#/i18n/losses";
import { m, span } from "#/i18n/words";
import { lastLesson } from "#/store/lesson";

/** What to train, by the report that was looked at last. */
export function NextUp() {
  const lesson = lastLesson();
  if (!lesson) return null;
  const words = LOSS_WORDS[lesson.kind];
  return (
    <p class="note next-up">
      <b>{m.home_next()}</b>
      <span>{words.advice()}</span>
      <span class="soft small">{words.loss({ span: span(lesson.lostMs) })}</span>
    </p>
  );
}
