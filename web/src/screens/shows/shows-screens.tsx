// The screens of shows, by the address; and the reminders of openings, which stand over any screen.
import { m } from "#/i18n/words";
import { LIKES_PATH } from "#/store/address";
import { isOffline } from "#/store/line";
import { follow, route } from "#/store/route";
import { isOfLike, likeWord } from "#/store/shows/likes";
import { Toast } from "#/ui/toast";
import { BookingPage } from "../account/booking-page";
import { LikesPage } from "../account/likes-page";
import { MePage } from "../account/me-page";
import { DoorPage } from "../door/door-page";
import { TopBar } from "../frame/top-bar";
import { CalendarPage } from "./calendar-page";
import { ConcertScreen } from "./concert-page";
import { PerformanceWay } from "./performance-way";
import { Reminders } from "./reminders";
import { ReturnedSeats } from "./returned-seats";
import { SearchPage } from "./search-page";
import { ShowsPage } from "./shows-page";
import "./shows.css";
import "./search.css";
import "./calendar.css";
import "./concert.css";
import "../account/account.css";
import "./notices.css";

/** What is said of shows over any screen. */
export function Notices() {
  return (
    <div class="notices">
      <Reminders />
      <ReturnedSeats />
    </div>
  );
}

export function ShowsScreens() {
  const where = route.value;
  if (where.kind !== "shows") return null;
  return (
    <>
      <TopBar />
      <div class="room-line" role="status">
        {isOffline.value && <p>{m.show_offline()}</p>}
      </div>
      <main class="main shows" id="main" tabIndex={-1} data-page={where.page}>
        <Page key={keyOf(where)} page={where.page} id={where.id} />
      </main>
      <Toast words={likeWord.words.value}>
        {isOfLike.value && !HAS_LIKES.includes(where.page) && (
          <a
            href={LIKES_PATH}
            onClick={(event) => {
              likeWord.hush();
              follow(event);
            }}
          >
            {m.show_liked_go()}
          </a>
        )}
      </Toast>
    </>
  );
}

/** Pages that are or have the list of what one likes. */
const HAS_LIKES: readonly Where["page"][] = ["likes", "me"];

type Where = Extract<typeof route.value, { kind: "shows" }>;

/** The door stays one page from ticket to ticket: its camera goes on, and the focus stays where codes are typed. */
const keyOf = ({ page, id }: Where) => (page === "door" ? page : `${page}.${id}`);

function Page({ page, id }: Pick<Where, "page" | "id">) {
  switch (page) {
    case "shows":
      return <ShowsPage />;
    case "search":
      return <SearchPage />;
    case "calendar":
      return <CalendarPage />;
    case "concert":
      return <ConcertScreen id={id} />;
    case "performance":
      return <PerformanceWay id={id} />;
    case "me":
      return <MePage />;
    case "likes":
      return <LikesPage />;
    case "booking":
      return <BookingPage id={id} />;
    case "door":
      return <DoorPage code={id} />;
  }
}
