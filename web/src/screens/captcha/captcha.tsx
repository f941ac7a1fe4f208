import { useComputed, useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { captchaImage, captchaSound } from "#/api/client";
import { m } from "#/i18n/words";
import { playFile } from "#/platform/sound";
import { goToStep } from "#/store/current";
import { Button, IconButton } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { wordsOfStyle } from "../manner";
import { codeOf, wordsOf } from "../refusals";
import { Window } from "../window";
import { useRace } from "../with-race";
import { hasHangul, onlyLetters } from "./letters";
import "./captcha.css";

export function Captcha() {
  const store = useRace();
  const field = useRef<HTMLInputElement>(null);
  const typed = useSignal("");
  const trouble = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const challenge = useComputed(() => store.inside.value?.challenge ?? 0);
  const { captcha } = store.style.value;
  const words = wordsOfStyle(store.style.value).captcha;
  const isFull = typed.value.length === captcha.letters;
  const mayPutOff =
    captcha.put_off && store.inside.value?.captcha === "due" && captcha.step === "before-map";

  useLayoutEffect(() => {
    store.mark("captcha-seen");
    // The field, not the heading: at these sites the cursor waits there, and seconds count.
    field.current?.focus();
  }, [store]);

  const onInput = (input: HTMLInputElement) => {
    trouble.value = hasHangul(input.value)
      ? m.captcha_hangul()
      : /[^A-Za-z\s]/.test(input.value)
        ? m.captcha_letters_only()
        : null;
    typed.value = onlyLetters(input.value).slice(0, captcha.letters);
    input.value = typed.value;
  };
  const ask = async (work: () => Promise<void>) => {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      await work();
    } catch (error) {
      const isOld = codeOf(error) === "captcha-old";
      const isLast = codeOf(error) === "captcha-too-many";
      const refusal = wordsOf(error);
      trouble.value = isOld ? m.captcha_old() : isLast ? m.captcha_renew_no() : refusal;
    } finally {
      isBusy.value = false;
      field.current?.focus();
    }
  };
  const answer = () =>
    ask(async () => {
      if (!isFull) return;
      store.mark("captcha-typed");
      const { outcome } = await store.answerCaptcha(typed.value);
      if (outcome.kind === "captcha-passed") {
        goToStep(store.inside.value?.viewed ? "seats" : "sections");
        return;
      }
      trouble.value = words.wrong();
      if (captcha.after_wrong === "clears-letters") typed.value = "";
    });
  const renew = () =>
    ask(async () => {
      await store.renewCaptcha();
      typed.value = "";
      trouble.value = null;
    });
  const putOff = () =>
    ask(async () => {
      await store.putOffCaptcha();
      goToStep("sections");
    });

  return (
    <Window>
      <StepHeading yieldsFocus>{words.title()}</StepHeading>
      <p class="soft">{words.text()}</p>
      <form
        class="captcha"
        onSubmit={(event) => {
          event.preventDefault();
          void answer();
        }}
      >
        <div class="captcha-picture">
          <img
            src={captchaImage(store.id, challenge.value)}
            alt={m.captcha_image()}
            width="260"
            height="86"
          />
          <div class="captcha-tools">
            <IconButton
              icon="sound"
              label={m.captcha_listen()}
              onPress={() => void playFile(captchaSound(store.id, challenge.value))}
            />
            <IconButton icon="renew" label={m.captcha_renew()} onPress={() => void renew()} />
          </div>
        </div>
        <label class="field">
          <span>{m.captcha_field({ count: captcha.letters })}</span>
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
            aria-invalid={trouble.value !== null}
            value={typed.value}
            onInput={(event) => onInput(event.currentTarget)}
          />
        </label>
        <p class="captcha-trouble" id="captcha-trouble" role="alert">
          {trouble.value}
        </p>
        <Button submit look="primary" size="large" wide unready={!isFull}>
          {m.captcha_send()}
        </Button>
        {mayPutOff && (
          <button type="button" class="captcha-later" onClick={() => void putOff()}>
            {m.captcha_later()}
          </button>
        )}
      </form>
    </Window>
  );
}
