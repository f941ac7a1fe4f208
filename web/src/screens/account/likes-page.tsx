// What one likes: a part of one's own page, and a page of its own, to which the press on a heart leads.
import { LIKED_OPENINGS_PATH } from "#/api/shows";
import { m } from "#/i18n/words";
import { follow } from "#/store/route";
import { likesVersion } from "#/store/shows/likes";
import { myLikes } from "#/store/shows/lists";
import { renewOnWake } from "#/store/shows/renewing";
import { Icon } from "#/ui/icons";
import { Cards, Nothing } from "../shows/cards";
import { PageHeading } from "../shows/returning";
import { ToTop } from "../shows/to-top";

export function LikesPage() {
  return (
    <>
      <a class="concert-back" href="/me" onClick={follow}>
        <Icon name="back" />
        {m.nav_me()}
      </a>
      <div class="home-head">
        <PageHeading>{m.me_liked()}</PageHeading>
        <AsFile />
      </div>
      <LikedCards />
      <ToTop />
    </>
  );
}

export function Liked() {
  return (
    <section class="me-part">
      <div class="home-head">
        <h2>{m.me_liked()}</h2>
        <AsFile />
      </div>
      <LikedCards />
    </section>
  );
}

function AsFile() {
  const isAny = (myLikes.rows.value?.length ?? 0) > 0 || likesVersion.value > 0;
  if (!isAny) return null;
  return (
    <a href={LIKED_OPENINGS_PATH} download="tingting.ics">
      {m.me_ics()}
    </a>
  );
}

function LikedCards() {
  return (
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
  );
}
