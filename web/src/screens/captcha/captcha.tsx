// The captcha: the picture, the field for its letters, and the ways around it that a style offers.

import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { m } from "#/i18n/words";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { KeptInput } from "#/ui/kept-input";
import { wordsOfStyle } from "../manner";
import { Window } from "../window";
import { useRace } from "../with-race";
import { Answering } from "./answering";
import { Picture } from "./picture";
import "./captcha.css";

export function Captcha() {
  const store = useRace();
  const field = useRef<HTMLInputElement>(null);
  const answering = useMemo(() => new Answering(store, () => field.current), [store]);
  const { captcha } = store.style;
  const words = wordsOfStyle(store.style).captcha;
  const mayPutOff =
    captcha.put_off && store.inside.value?.captcha === "due" && captcha.step === "before-map";

  useLayoutEffect(() => {
    store.mark("captcha-seen");
    // The field, not the heading: at these sites the cursor waits there, and seconds count.
    field.current?.focus();
  }, [store]);

  return (
    <Window
      class="captcha"
      onSubmit={() => void answering.answer()}
      go={
        <>
          <p class="captcha-trouble" id="captcha-trouble" role="alert">
            {answering.trouble.value}
          </p>
          <Button submit look="primary" size="large" wide unready={!answering.isFull}>
            {m.captcha_send()}
          </Button>
          {mayPutOff && (
            <button type="button" class="captcha-later" onClick={() => void answering.putOff()}>
              {m.captcha_later()}
            </button>
          )}
        </>
      }
    >
      <StepHeading yieldsFocus>{words.title()}</StepHeading>
      <p class="soft">{words.text()}</p>
      <div class="captcha-fields">
        <Picture onListen={() => void answering.listen()} onRenew={() => void answering.renew()} />
        <LettersField field={field} answering={answering} count={captcha.letters} />
      </div>
    </Window>
  );
}

type FieldProps = {
  field: RefObject<HTMLInputElement | null>;
  answering: Answering;
  count: number;
};

function LettersField({ field, answering, count }: FieldProps) {
  return (
    <label class="field">
      <span>{m.captcha_field({ count })}</span>
      <KeptInput
        field={field}
        keep={answering.keep}
        onTyped={answering.type}
        class="input captcha-input"
        type="text"
        inputMode="text"
        lang="en"
        autocomplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellcheck={false}
        enterkeyhint="done"
        aria-describedby="captcha-trouble"
        aria-invalid={answering.trouble.value !== null}
        onKeyDown={dropUnmeant}
      />
    </label>
  );
}

/** An Enter that is held down answers once, and one that ends a word of a keyboard answers nothing. */
function dropUnmeant(event: KeyboardEvent): void {
  const isTakenByKeyboard = event.keyCode === 229;
  if (event.key === "Enter" && (event.repeat || isTakenByKeyboard)) event.preventDefault();
}
