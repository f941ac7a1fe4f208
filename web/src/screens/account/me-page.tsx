// One's own page: who one is, points, bookings, what one likes and has practised, how the page is to look, and the end.
import { LIKED_OPENINGS_PATH } from "#/api/shows";
import { m } from "#/i18n/words";
import { me } from "#/store/me";
import { follow } from "#/store/route";
import { likesVersion } from "#/store/shows/likes";
import { myBookings, myLikes } from "#/store/shows/lists";
import { renewOnWake } from "#/store/shows/renewing";
import { LanguageSelect } from "../frame/language-select";
import { ThemeSelect } from "../home/theme-select";
import { Cards, Nothing } from "../shows/cards";
import { PageHeading } from "../shows/returning";
import { AccountCard } from "./account-card";
import { Bookings } from "./bookings";
import { LeavePart } from "./leave-part";
import { PointsCard } from "./points-card";
import { PracticePart } from "./practice-part";
import { useMe } from "./use-me";

export function MePage() {
  const asked = useMe();
  const balanceWon = me.value?.points_won ?? null;
  return (
    <>
      <PageHeading>{m.nav_me()}</PageHeading>
      <AccountCard of={asked} />
      {balanceWon !== null && <PointsCard balanceWon={balanceWon} />}
      <Booked />
      <Liked />
      <PracticePart />
      <section class="me-part">
        <h2>{m.me_settings()}</h2>
        <div class="me-settings">
          <LanguageSelect />
          <ThemeSelect />
        </div>
      </section>
      <LeavePart />
    </>
  );
}

function Booked() {
  return (
    <section class="me-part">
      <h2>{m.me_bookings()}</h2>
      <Bookings list={myBookings} />
    </section>
  );
}

function Liked() {
  const isAny = (myLikes.rows.value?.length ?? 0) > 0 || likesVersion.value > 0;
  return (
    <section class="me-part">
      <div class="home-head">
        <h2>{m.me_liked()}</h2>
        {isAny && (
          <a href={LIKED_OPENINGS_PATH} download="tingting.ics">
            {m.me_ics()}
          </a>
        )}
      </div>
      <Cards
        list={myLikes}
        // What one no longer likes stays until one comes again: a wrong press is taken back where it was made.
        renew={renewOnWake}
        none={
          <Nothing title={m.me_liked_none()}>
            <p class="soft">{m.me_liked_none_text()}</p>
            <a class="button" href="/shows" onClick={follow}>
              {m.show_find()}
            </a>
          </Nothing>
        }
      />
    </section>
  );
}
