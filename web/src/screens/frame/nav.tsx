// The four parts of the site: at the thumb on phones, in the bar at the top on wide screens.
import { m } from "#/i18n/words";
import { follow, route } from "#/store/route";
import { Icon, type IconName } from "#/ui/icons";
import "./nav.css";

type Part = "practice" | "shows" | "calendar" | "me";

const PARTS: readonly [Part, path: string, IconName, words: () => string][] = [
  ["practice", "/", "clock", m.nav_practice],
  ["shows", "/shows", "show", m.nav_shows],
  ["calendar", "/calendar", "calendar", m.nav_calendar],
  ["me", "/me", "person", m.nav_me],
];

/** The screens of shows that belong elsewhere. */
const PART_OF: Partial<Record<string, Part>> = {
  calendar: "calendar",
  me: "me",
  likes: "me",
  booking: "me",
  door: "me",
};

function partOfRoute(): Part {
  const where = route.value;
  if (where.kind === "progress") return "me";
  if (where.kind !== "shows") return "practice";
  return PART_OF[where.page] ?? "shows";
}

export function Nav() {
  const here = partOfRoute();
  return (
    <nav class="nav" aria-label={m.nav()}>
      {PARTS.map(([part, path, icon, words]) => (
        <a
          key={part}
          href={path}
          aria-current={part === here ? "page" : undefined}
          onClick={follow}
        >
          <Icon name={icon} />
          {words()}
        </a>
      ))}
    </nav>
  );
}
