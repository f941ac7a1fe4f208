// A screen that waits for something. After a few seconds it says for what, and offers ways on.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { after } from "#/platform/time";
import { askAnew } from "#/platform/wake";
import { askToLeave } from "#/store/current";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import "./waiting.css";

/** A wait shorter than this needs no words. */
const PATIENCE_MS = 4_000;

type WaitingProps = {
  label: string;
  /** What has not come yet, as a sentence. */
  what: string;
};

/** What waits is tried again by itself: *again* only makes it at once, and costs nothing. */
export function Waiting({ label, what }: WaitingProps) {
  const isLong = useSignal(false);
  useEffect(
    () =>
      after(PATIENCE_MS, () => {
        isLong.value = true;
      }),
    [],
  );
  return (
    <div class="waiting">
      <div class="loading" role="status">
        <Cluster loading size={56} />
        <StepHeading class="waiting-words" called={null}>
          {isLong.value ? what : label}
        </StepHeading>
      </div>
      {isLong.value && (
        <div class="waiting-go">
          <Button look="primary" onPress={askAnew}>
            {m.oops_again()}
          </Button>
          <Button final onPress={() => askToLeave("home")}>
            {m.missing_home()}
          </Button>
        </div>
      )}
    </div>
  );
}
