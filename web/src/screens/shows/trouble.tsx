// What went wrong with a list or a press, and what to do about it.
import { Refused, type Why } from "#/api/client";
import { refusalOf } from "#/i18n/refusals";
import { m } from "#/i18n/words";
import { Button } from "#/ui/button";

/** What a refusal of shows says; the codes of other parts say the same as everywhere. */
export function showRefusal(refused: Refused): string {
  switch (refused.problem.code) {
    case "catalogue-away":
      return m.show_refused_away();
    case "opening-not-yet":
      return m.show_refused_not_yet();
    case "opening-closed":
      return m.show_refused_closed();
    case "too-many-likes":
      return m.show_refused_likes();
    case "no-such-performance":
    case "no-such-concert":
      return m.show_refused_gone();
    case "login-needed":
      return m.show_refused_login();
    case "no-such-booking":
      return m.booking_gone();
    case "booking-cancelled":
      return m.booking_refused_cancelled();
    case "sale-closed":
      return m.booking_cancel_late();
    default:
      return refusalOf(refused);
  }
}

/** Whether what was asked for does not exist, so that asking again is in vain. */
export const isGone = (why: Why) =>
  why instanceof Refused && [400, 404].includes(why.problem.status);

type TroubleProps = { trouble: Why; onAgain: () => void };

export function Trouble({ trouble, onAgain }: TroubleProps) {
  return (
    <div class="note show-trouble" data-tone="warn" role="alert">
      <p>{trouble === "away" ? m.oops_text() : showRefusal(trouble)}</p>
      <Button onPress={onAgain}>{m.oops_again()}</Button>
    </div>
  );
}
