// Who one is: a guest with the ways to log in, or a person with the ways out.
import { useSignal } from "@preact/signals";
import type { Me } from "#/api/account-types";
import { dayIn, formatDate, ownZone } from "#/i18n/venue-time";
import { m } from "#/i18n/words";
import { isLeaving, type Leaving, leaveAccount } from "#/store/account/leaving";
import { serverNow } from "#/store/clock";
import { me } from "#/store/me";
import { follow, query } from "#/store/route";
import { language } from "#/store/settings";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";
import { ToldOrNot } from "../shows/told-or-not";
import { LogInButtons } from "./log-in";
import type { useMe } from "./use-me";
import { usePress } from "./use-press";

export function AccountCard({ of: { trouble, again } }: { of: ReturnType<typeof useMe> }) {
  return (
    <section class="card account" aria-label={m.account_title()}>
      <Said />
      <ToldOrNot told={me.value} trouble={trouble} onAgain={again}>
        {(who) => (who.account ? <Person who={who} account={who.account} /> : <Guest who={who} />)}
      </ToldOrNot>
    </section>
  );
}

const FAULTS: Record<string, () => string> = {
  administrator: m.account_login_administrator,
  denied: m.account_login_denied,
  expired: m.account_login_expired,
};

const LEFT: Record<Leaving, () => string> = {
  out: m.account_left_out,
  everywhere: m.account_left_everywhere,
  deleted: m.account_left_deleted,
};

/** What became of a log-in that failed, or of a way out: both come with the address. */
function Said() {
  const asked = new URLSearchParams(query.value);
  const fault = asked.get("login");
  const left = asked.get("left");
  if (fault !== null)
    return (
      <p class="note" data-tone="warn" role="alert">
        {(FAULTS[fault] ?? m.account_login_failed)()}
      </p>
    );
  if (!isLeaving(left)) return null;
  return (
    <p class="note" role="status">
      {LEFT[left]()}
    </p>
  );
}

function Guest({ who }: { who: Me }) {
  return (
    <>
      <h2>{m.account_guest()}</h2>
      {who.providers.length > 0 ? (
        <>
          <p class="soft">{m.account_guest_text()}</p>
          <LogInButtons to="/me" />
        </>
      ) : (
        <p class="soft">{m.account_no_providers()}</p>
      )}
      <DoorLink who={who} />
    </>
  );
}

/** For those who take tickets, whether they have an account or not. */
function DoorLink({ who }: { who: Me }) {
  if (!who.is_administrator) return null;
  return (
    <a class="button" href="/door" onClick={follow}>
      {m.door_title()}
    </a>
  );
}

type PersonProps = { who: Me; account: NonNullable<Me["account"]> };

function Person({ who, account }: PersonProps) {
  const isAsking = useSignal(false);
  const out = usePress();
  const name = account.name ?? m.account_no_name();
  // One that this server no longer knows is called by its address.
  const provider =
    who.providers.find(({ id }) => id === account.provider)?.name ?? account.provider;
  const day = (ms: number) => dayIn(ms, ownZone());
  const since = formatDate(language.value, day(account.since_ms), day(serverNow()));
  return (
    <>
      <div class="account-who">
        {/* The first letter of a name, as round as a seat. */}
        <span class="account-letter" aria-hidden="true">
          {[...name][0]}
        </span>
        <div>
          <h2>{name}</h2>
          <p class="soft small">
            {provider} · {m.account_since({ day: since })}
          </p>
        </div>
      </div>
      <div class="account-go">
        <Button
          final
          unready={out.isBusy.value}
          onPress={() => void out.run(() => leaveAccount("out"))}
        >
          {m.account_log_out()}
        </Button>
        <Button
          look="quiet"
          onPress={() => {
            isAsking.value = true;
          }}
        >
          {m.account_everywhere()}
        </Button>
        <DoorLink who={who} />
      </div>
      {out.trouble.value && (
        <p class="account-trouble" role="alert">
          {out.trouble}
        </p>
      )}
      {isAsking.value && (
        <EverywhereDialog
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </>
  );
}

function EverywhereDialog({ onClose }: { onClose: () => void }) {
  const out = usePress();
  return (
    <Dialog
      title={m.account_everywhere_title()}
      words={
        <>
          <p>{m.account_everywhere_text()}</p>
          {out.trouble.value && <p class="account-trouble">{out.trouble}</p>}
        </>
      }
      onClose={onClose}
    >
      <Button
        look="primary"
        final
        unready={out.isBusy.value}
        onPress={() => void out.run(() => leaveAccount("everywhere"))}
      >
        {m.account_everywhere()}
      </Button>
      <Button onPress={onClose}>{m.account_stay()}</Button>
    </Dialog>
  );
}
