// The heading of a page, and the way back: to the card that one had pressed, at its place on the screen.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Cancel } from "#/platform/time";
import { cameBy, follow } from "#/store/route";
import { useTitle } from "#/ui/title";

/** Pages whose place is remembered; the oldest is forgotten first. */
const PLACES_MAX = 20;

/** The link that one pressed: the `nth` that leads there, and where its upper edge was. */
type Place = { y: number; href: string; nth: number; top: number };
const places = new Map<string, Place>();

const address = () => location.pathname + location.search;
const linksTo = (href: string) =>
  Array.from(document.querySelectorAll<HTMLElement>(`#main a[href="${CSS.escape(href)}"]`));

function keepPlace(link: HTMLElement, href: string): void {
  places.delete(address());
  const { top } = link.getBoundingClientRect();
  places.set(address(), { y: scrollY, href, nth: linksTo(href).indexOf(link), top });
  const [oldest] = places.keys();
  if (places.size > PLACES_MAX && oldest !== undefined) places.delete(oldest);
}

function isFound({ href, nth, top }: Place): boolean {
  const links = linksTo(href);
  const link = links[nth] ?? links[0];
  if (!link) return false;
  link.focus({ preventScroll: true });
  // In a row that is swiped, it comes into sight first.
  link.scrollIntoView({ block: "nearest" });
  scrollBy(0, link.getBoundingClientRect().top - top);
  return true;
}

/** What one does oneself ends the search for the place. */
const DEEDS = ["pointerdown", "keydown", "wheel"] as const;

/** Goes to the place as soon as its list is there. */
function goBackTo(place: Place): Cancel {
  if (isFound(place)) return () => undefined;
  const watch = new MutationObserver(() => {
    if (isFound(place)) stop();
  });
  const stop = () => {
    watch.disconnect();
    for (const deed of DEEDS) removeEventListener(deed, stop);
  };
  watch.observe(document.body, { childList: true, subtree: true });
  for (const deed of DEEDS) addEventListener(deed, stop, { passive: true });
  return stop;
}

type AwayLinkProps = { href: string; class: string; children: ComponentChildren };

/** A link to a page that one comes back from. */
export function AwayLink({ href, class: name, children }: AwayLinkProps) {
  return (
    <a
      class={name}
      href={href}
      onClick={(event) => {
        keepPlace(event.currentTarget, href);
        follow(event);
      }}
    >
      {children}
    </a>
  );
}

type PageHeadingProps = { children: string; class?: string };

/** Takes the focus when the page comes, unless somebody comes back to what they had left. */
export function PageHeading({ children, class: name }: PageHeadingProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  useTitle(children);
  useLayoutEffect(() => {
    ref.current?.focus({ preventScroll: true });
    const place = cameBy.turn === "back" ? places.get(address()) : undefined;
    scrollTo(0, place?.y ?? 0);
    return place && goBackTo(place);
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1} class={name}>
      {children}
    </h1>
  );
}
