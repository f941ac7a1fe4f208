// The last step of paying: the method, the consents and the button.
import { useSignal } from "@preact/signals";
import { Refused } from "#/api/client";
import { points } from "#/i18n/tickets";
import { m, won } from "#/i18n/words";
import { missingWon, type Purse, purseOf } from "#/store/account/purse";
import { current, goToStep } from "#/store/current";
import { me } from "#/store/me";
import type { RaceStore } from "#/store/race";
import { cue } from "#/store/settings";
import { useMe } from "../account/use-me";
import { codeOf, wordsOf } from "../refusals";
import { useRace } from "../with-race";
import { CancelTerms } from "./cancel-terms";
import { PayStep } from "./pay-step";
import { Paying, payingUntilMs } from "./paying";
import { PursePart } from "./purse-part";

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
  useMe();
  const purse = purseOf(store.race, me.value);
  const hasMethod = !hasMethods(purse) || method.value !== null;
  const isReady = hasMethod && purse.kind !== "unknown" && agreed.value.length === CONSENTS.length;
  const total = store.hold.value?.total_won ?? 0;
  const untilMs = payingUntilMs(store);
  const isPaying = isBusy.value || untilMs !== null;
  const pay = async () => {
    if (isPaying) return;
    if (!isReady) {
      trouble.value = missingWords(purse, hasMethod);
      return;
    }
    store.mark("pay-click");
    isBusy.value = true;
    try {
      await store.pay(total);
      if (store === current.value) cue("paid");
    } catch (error) {
      trouble.value = refusalWords(error, store);
    } finally {
      isBusy.value = false;
    }
  };
  const change = <T,>(to: { value: T }, value: T) => {
    to.value = value;
    trouble.value = null;
  };
  return (
    <PayStep
      title={purse.kind === "points" ? m.payment_points() : m.payment_title()}
      next={isPaying ? m.payment_busy() : m.payment_go({ total: won(total) })}
      isReady={isReady && untilMs === null}
      trouble={trouble.value}
      onNext={() => void pay()}
    >
      {untilMs !== null && <Paying store={store} untilMs={untilMs} />}
      <PursePart purse={purse} totalWon={total} />
      {hasMethods(purse) && (
        <Methods method={method.value} onPick={(picked) => change(method, picked)} />
      )}
      <Consents agreed={agreed.value} onAgree={(now) => change(agreed, now)} />
      <CancelTerms of={store.style.cancel} />
    </PayStep>
  );
}

/** Points need no method; and nobody picks one that the points would make needless. */
const hasMethods = ({ kind }: Purse) => kind === "practice" || kind === "guest";

function missingWords({ kind }: Purse, hasMethod: boolean): string {
  if (kind === "unknown") return m.payment_points_unknown();
  return hasMethod ? m.payment_consents_missing() : m.payment_missing();
}

function refusalWords(error: unknown, store: RaceStore): string {
  const code = codeOf(error);
  if (code === "captcha-due") goToStep("captcha", store);
  // Asked in any case: it also takes over what the refusal tells of the race.
  const words = wordsOf(error, store);
  switch (code) {
    case "total-differs":
      return m.payment_differs();
    case "points-short":
      return shortWords(error as Refused);
    case "no-payment":
      return m.payment_over();
    default:
      return words;
  }
}

/** Also takes over how many points there are: another window may have spent some. */
function shortWords({ problem }: Refused): string {
  const { balance_won: balance = 0, total_won: total = 0 } = problem;
  if (me.value) me.value = { ...me.value, points_won: balance };
  return m.payment_short({ missing: points(missingWon(balance, total)) });
}

type MethodsProps = { method: Method | null; onPick: (method: Method) => void };

function Methods({ method, onPick }: MethodsProps) {
  return (
    <fieldset class="pay-picks">
      <legend class="legend">{m.payment_method()}</legend>
      {Object.entries(METHOD_WORDS).map(([name, words]) => (
        <label key={name} class="pick">
          <input
            type="radio"
            name="method"
            checked={method === name}
            onChange={() => onPick(name as Method)}
          />
          {words()}
        </label>
      ))}
    </fieldset>
  );
}

type ConsentsProps = {
  agreed: readonly Consent[];
  onAgree: (agreed: readonly Consent[]) => void;
};

function Consents({ agreed, onAgree }: ConsentsProps) {
  const isAll = agreed.length === CONSENTS.length;
  return (
    <fieldset class="pay-picks">
      <legend class="legend">{m.payment_consents()}</legend>
      <label class="pick">
        <input type="checkbox" checked={isAll} onChange={() => onAgree(isAll ? [] : CONSENTS)} />
        <b>{m.payment_all()}</b>
      </label>
      {CONSENTS.map((consent) => (
        <label key={consent} class="pick" data-small>
          <input
            type="checkbox"
            checked={agreed.includes(consent)}
            onChange={() => {
              const others = agreed.filter((one) => one !== consent);
              onAgree(agreed.includes(consent) ? others : [...others, consent]);
            }}
          />
          {CONSENT_WORDS[consent]()}
        </label>
      ))}
    </fieldset>
  );
}
