// The word that a race could not be set up, beside the button that was to do it.
import { useEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { forgetTrouble, refusal, starting } from "./start";

/** Goes with the screen: another one does not show what failed here. */
export function StartTrouble() {
  useEffect(() => forgetTrouble, []);
  if (starting.value === "slow") {
    return (
      <p class="note" role="status">
        {m.start_slow()}
      </p>
    );
  }
  if (starting.value !== "failed") return null;
  return (
    <p class="note" data-tone="danger" role="alert">
      {refusal.value ?? `${m.oops_title()}. ${m.oops_text()}`}
    </p>
  );
}
