// The second step of paying: who buys, and how the tickets come.
import { type Signal, useSignal } from "@preact/signals";
import type { Me } from "#/api/account-types";
import { m } from "#/i18n/words";
import { me } from "#/store/me";
import { KeptInput } from "#/ui/kept-input";
import { useMe } from "../account/use-me";
import { useRace } from "../with-race";
import { goOn } from "./next";
import { PayStep } from "./pay-step";

const BIRTH_DIGITS = 6;

const WAYS = { venue: m.receipt_venue, post: m.receipt_post } as const;
type Way = keyof typeof WAYS;

export function Receipt() {
  const store = useRace();
  const birth = useSignal("");
  const trouble = useSignal<string | null>(null);
  useMe();
  const isReady = birth.value.length === BIRTH_DIGITS;
  return (
    <PayStep
      title={m.receipt_title()}
      next={m.pay_next()}
      isReady={isReady}
      trouble={isReady ? null : trouble.value}
      onNext={() => {
        if (isReady) goOn(store, "receipt");
        else trouble.value = m.receipt_birth_wrong();
      }}
    >
      <p class="receipt-name">
        <span class="soft">{m.receipt_name()}</span>
        <b>{buyerName(me.value)}</b>
      </p>
      <BirthField birth={birth} />
      <Ways />
    </PayStep>
  );
}

/** A guest plays somebody; who that is is not known before the server has told. */
function buyerName(who: Me | null): string {
  if (!who) return "…";
  return who.account ? (who.account.name ?? m.receipt_member()) : m.receipt_name_value();
}

/** A Japanese keyboard types digits as wide as a character: they mean the same. */
function sixDigits(typed: string): string {
  return typed.normalize("NFKC").replace(/\D/g, "").slice(0, BIRTH_DIGITS);
}

function BirthField({ birth }: { birth: Signal<string> }) {
  return (
    <label class="field">
      <span>{m.receipt_birth()}</span>
      <KeptInput
        keep={sixDigits}
        onTyped={(kept) => {
          birth.value = kept;
        }}
        class="input"
        inputMode="numeric"
        autocomplete="off"
        placeholder="YYMMDD"
        aria-describedby="birth-hint"
      />
      <small id="birth-hint" class="soft">
        {m.receipt_birth_hint()}
      </small>
    </label>
  );
}

/** How the tickets come: nothing depends on it, but the real sites ask. */
function Ways() {
  const way = useSignal<Way>("venue");
  return (
    <fieldset class="pay-picks">
      <legend class="legend">{m.receipt_pickup()}</legend>
      {Object.entries(WAYS).map(([name, words]) => (
        <label key={name} class="pick">
          <input
            type="radio"
            name="way"
            checked={way.value === name}
            onChange={() => {
              way.value = name as Way;
            }}
          />
          {words()}
        </label>
      ))}
    </fieldset>
  );
}
