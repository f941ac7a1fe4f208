// Takes over from a browser inside an app: the code that it shows makes this browser the same guest.
import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { claimHandOver } from "#/api/rooms";
import { m } from "#/i18n/words";
import { openAnew } from "#/platform/sharing";
import { forget, remember } from "#/platform/storage";
import { parsePath } from "#/store/address";
import { OF_THE_PERSON } from "#/store/me";
import { EVER_LIKED } from "#/store/shows/ever-liked";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import { useDoing } from "./doing";
import { RoomFrame } from "./room-frame";
import { Trouble } from "./trouble";

const DIGITS = 8;

/** The code is shown in two groups: a space between them is no fault. */
const digitsOf = (typed: string) => typed.replaceAll(/\D/g, "");

export function HandOverPage() {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const code = useSignal("");
  const doing = useDoing();
  useEffect(() => field.current?.focus(), []);
  const claim = async () => {
    if (code.value.length !== DIGITS) {
      doing.trouble.value = m.handover_short();
      field.current?.focus();
      return;
    }
    await doing.run(async () => {
      const { to } = await claimHandOver(code.value);
      forget(OF_THE_PERSON);
      // What was liked there is liked here.
      remember(EVER_LIKED, "yes");
      // Only to a screen of ours, whatever the other browser asked for.
      openAnew(parsePath(to).kind === "unknown" ? "/" : to);
    });
  };
  return (
    <RoomFrame>
      <Stage
        class="hand-over"
        onSubmit={() => void claim()}
        go={
          <Button look="primary" size="large" wide submit unready={doing.isBusy.value}>
            {m.handover_go()}
          </Button>
        }
      >
        <StepHeading yieldsFocus>{m.handover_title()}</StepHeading>
        <p class="soft">{m.handover_text()}</p>
        <div class="field">
          <label for={id} class="legend">
            {m.handover_field()}
          </label>
          <input
            ref={field}
            id={id}
            class="input hand-over-code"
            type="text"
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={DIGITS + 1}
            onInput={(event) => {
              code.value = digitsOf(event.currentTarget.value);
              doing.trouble.value = "";
            }}
          />
          <Trouble of={doing} />
        </div>
      </Stage>
    </RoomFrame>
  );
}
