// The captcha: the picture, the field for its letters, and the ways around it that a style offers.

import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { captchaImage, captchaSound } from "#/api/client";
import { m } from "#/i18n/words";
import { Button, IconButton } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { SureImage } from "#/ui/sure-image";
import { wordsOfStyle } from "../manner";
import { Window } from "../window";
import { useRace } from "../with-race";
import { Answering } from "./answering";
import "./captcha.css";

export function Captcha() {
  const store = useRace();
  const field = useRef<HTMLInputElement>(null);
  const answering = useMemo(() => new Answering(store, () => field.current?.focus()), [store]);
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
    <Window>
      <StepHeading yieldsFocus>{words.title()}</StepHeading>
      <p class="soft">{words.text()}</p>
      <form
        class="captcha"
        onSubmit={(event) => {
          event.preventDefault();
          void answering.answer();
        }}
      >
        <Picture answering={answering} />
        <LettersField field={field} answering={answering} count={captcha.letters} />
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
      </form>
    </Window>
  );
}

function Picture({ answering }: { answering: Answering }) {
  const store = useRace();
  const challenge = store.inside.value?.challenge ?? 0;
  return (
    <div class="captcha-picture">
      <SureImage
        src={captchaImage(store.id, challenge)}
        alt={m.captcha_image()}
        width={260}
        height={86}
        againWords={m.captcha_image_again()}
      />
      <div class="captcha-tools">
        <IconButton
          icon="sound"
          label={m.captcha_listen()}
          onPress={() => void answering.listen(captchaSound(store.id, challenge))}
        />
        <IconButton icon="renew" label={m.captcha_renew()} onPress={() => void answering.renew()} />
      </div>
    </div>
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
      <input
        ref={field}
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
        value={answering.typed.value}
        onInput={(event) => answering.type(event.currentTarget)}
      />
    </label>
  );
}
