import { useSignal } from "@preact/signals";
import { m, won } from "#/i18n/words";
import { goToStep } from "#/store/current";
import { cue } from "#/store/settings";
import { codeOf, wordsOf } from "../refusals";
import { useRace } from "../with-race";
import { PayStep } from "./pay-step";

const CONSENTS = ["fee", "privacy", "terms"] as const;
type Consent = (typeof CONSENTS)[number];

const CONSENT_WORDS: Record<Consent, () => string> = {
  fee: m.payment_consent_fee,
  privacy: m.payment_consent_privacy,
  terms: m.payment_consent_terms,
};

const METHOD_WORDS = {
  card: m.payment_card,
  easy: m.payment_easy,
  transfer: m.payment_transfer,
} as const;
type Method = keyof typeof METHOD_WORDS;

export function Payment() {
  const store = useRace();
  const method = useSignal<Method | null>(null);
  const agreed = useSignal<readonly Consent[]>([]);
  const trouble = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const isAll = agreed.value.length === CONSENTS.length;
  const isReady = method.value !== null && isAll;
  const total = store.hold.value?.total_won ?? 0;
  const pay = async () => {
    if (isBusy.value) return;
    if (!isReady) {
      trouble.value = m.payment_missing();
      return;
    }
    store.mark("pay-click");
    isBusy.value = true;
    try {
      await store.pay(total);
      cue("paid");
    } catch (error) {
      const code = codeOf(error);
      if (code === "captcha-due") goToStep("captcha");
      const words = wordsOf(error);
      trouble.value = code === "total-differs" ? m.payment_differs() : words;
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <PayStep
      title={m.payment_title()}
      next={isBusy.value ? m.payment_busy() : m.payment_go({ total: won(total) })}
      isReady={isReady}
      trouble={trouble.value}
      onNext={() => void pay()}
    >
      <fieldset class="pay-picks">
        <legend class="legend">{m.payment_method()}</legend>
        {Object.entries(METHOD_WORDS).map(([name, words]) => (
          <label key={name} class="pick">
            <input
              type="radio"
              name="method"
              checked={method.value === name}
              onChange={() => {
                method.value = name as Method;
                trouble.value = null;
              }}
            />
            {words()}
          </label>
        ))}
      </fieldset>
      <fieldset class="pay-picks">
        <legend class="legend">{m.payment_consents()}</legend>
        <label class="pick">
          <input
            type="checkbox"
            checked={isAll}
            onChange={() => {
              agreed.value = isAll ? [] : CONSENTS;
              trouble.value = null;
            }}
          />
          <b>{m.payment_all()}</b>
        </label>
        {CONSENTS.map((consent) => (
          <label key={consent} class="pick" data-small>
            <input
              type="checkbox"
              checked={agreed.value.includes(consent)}
              onChange={() => {
                const others = agreed.value.filter((one) => one !== consent);
                agreed.value = agreed.value.includes(consent) ? others : [...others, consent];
                trouble.value = null;
              }}
            />
            {CONSENT_WORDS[consent]()}
          </label>
        ))}
      </fieldset>
    </PayStep>
  );
}
