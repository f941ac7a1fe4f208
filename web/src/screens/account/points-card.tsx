// One's points: how many there are, and what came and went, by days.
import { useEffect } from "preact/hooks";
import type { PointsCause, PointsEntry } from "#/api/account-types";
import { points } from "#/i18n/tickets";
import { dayIn, formatDate, formatTime, ownZone } from "#/i18n/venue-time";
import { m, number } from "#/i18n/words";
import { balanceWon, byDay, keyOfEntry, myPoints } from "#/store/account/points";
import { bookingPath } from "#/store/address";
import { serverNow } from "#/store/clock";
import { me } from "#/store/me";
import { language } from "#/store/settings";
import type { Paged } from "#/store/shows/paged";
import { renewOnWake } from "#/store/shows/renewing";
import { Button } from "#/ui/button";
import { AwayLink } from "../shows/returning";
import { ToldOrNot } from "../shows/told-or-not";
import { Trouble } from "../shows/trouble";

const CAUSES: Record<PointsCause, () => string> = {
  welcome: m.points_welcome,
  payment: m.points_payment,
  "payment-returned": m.points_returned,
  cancelled: m.points_cancelled,
};

/** For whoever has an account, also while the server cannot tell how many points there are. */
export function PointsCard() {
  useEffect(() => renewOnWake(myPoints), []);
  const balance = balanceWon.value ?? me.value?.points_won ?? null;
  return (
    <section class="me-part">
      <h2>{m.points_title()}</h2>
      <div class="card points">
        {balance !== null && <p class="points-balance">{points(balance)}</p>}
        <p class="soft small">{m.points_text()}</p>
        <ToldOrNot
          told={myPoints.rows.value}
          trouble={myPoints.trouble.value}
          onAgain={() => void myPoints.more()}
        >
          {(rows) => (
            <>
              <Days rows={rows} />
              <More list={myPoints} />
            </>
          )}
        </ToldOrNot>
      </div>
    </section>
  );
}

function More({ list }: { list: Paged<PointsEntry> }) {
  const trouble = list.trouble.value;
  if (trouble) return <Trouble trouble={trouble} onAgain={() => void list.more()} />;
  if (list.isWhole.value) return null;
  return (
    <Button unready={list.isBusy.value} onPress={() => void list.more()}>
      {list.isBusy.value ? m.loading() : m.points_more()}
    </Button>
  );
}

function Days({ rows }: { rows: readonly PointsEntry[] }) {
  const zone = ownZone();
  const today = dayIn(serverNow(), zone);
  return (
    <>
      {byDay(rows, zone).map(({ day, entries }) => (
        <div key={day} class="points-day">
          <h3>{day === today ? m.calendar_today() : formatDate(language.value, day, today)}</h3>
          <ul>
            {entries.map((entry) => (
              <Entry key={keyOfEntry(entry)} entry={entry} zone={zone} />
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

/** A sign stands apart from its number: "+ 1,000". */
function changeOf({ amount_won }: PointsEntry): string {
  return `${amount_won < 0 ? "−" : "+"}\u00a0${points(Math.abs(amount_won))}`;
}

function Entry({ entry, zone }: { entry: PointsEntry; zone: string }) {
  const { sale, booking, concert, cause, amount_won } = entry;
  const name = (
    <>
      <b>{CAUSES[cause]()}</b>
      {concert && <span class="soft">{concert}</span>}
    </>
  );
  return (
    <li class="points-entry">
      {sale !== null && booking !== null ? (
        <AwayLink class="points-what" href={bookingPath(sale, booking)}>
          {name}
        </AwayLink>
      ) : (
        <p class="points-what">{name}</p>
      )}
      <p class="points-change" data-in={amount_won > 0 || undefined}>
        <b>{changeOf(entry)}</b>
        <span class="soft small">
          {formatTime(entry.at_ms, zone)} · {m.points_left({ count: number(entry.balance_won) })}
        </span>
      </p>
    </li>
  );
}
