// One's own page: who one is, points, bookings, what one likes and has practised, how the page is to look, and the end.
import { m } from "#/i18n/words";
import { me } from "#/store/me";
import { myBookings } from "#/store/shows/lists";
import { LanguageSelect } from "../frame/language-select";
import { ThemeSelect } from "../home/theme-select";
import { PageHeading } from "../shows/returning";
import { AccountCard } from "./account-card";
import { Bookings } from "./bookings";
import { LeavePart } from "./leave-part";
import { Liked } from "./likes-page";
import { PointsCard } from "./points-card";
import { PracticePart } from "./practice-part";
import { useMe } from "./use-me";

export function MePage() {
  const asked = useMe();
  return (
    <>
      <PageHeading>{m.nav_me()}</PageHeading>
      <AccountCard of={asked} />
      {me.value?.account && <PointsCard />}
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
