// What stands around the screens of a room: the way home, the language, and a word when the line is broken.
import type { ComponentChildren } from "preact";
import { m } from "#/i18n/words";
import { goTo } from "#/store/route";
import { Cluster } from "#/ui/cluster";
import { LanguageSelect } from "../frame/language-select";

type RoomFrameProps = {
  children: ComponentChildren;
  /** The live connection is broken. */
  isBroken?: boolean;
  /** Uses the whole width, as for a projector. */
  wide?: boolean;
};

export function RoomFrame({ children, isBroken, wide }: RoomFrameProps) {
  return (
    <>
      <header class="home-bar room-bar" data-wide={wide || undefined}>
        <a
          class="home-mark"
          href="/"
          onClick={(event) => {
            event.preventDefault();
            goTo("/");
          }}
        >
          <Cluster size={22} />
          {m.brand()}
        </a>
        <LanguageSelect />
      </header>
      <div class="room-line" role="status">
        {isBroken && <p>{m.room_broken()}</p>}
      </div>
      <main class="main" id="main" tabIndex={-1} data-wide={wide || undefined}>
        {children}
      </main>
    </>
  );
}
