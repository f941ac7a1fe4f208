// The heading of a page, and the way back: to where one had scrolled, and to the card one had pressed.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { cameBy, follow } from "#/store/route";

/** Pages whose place is remembered; the oldest is forgotten first. */
const PLACES_MAX = 20;

type Place = { y: number; href: string };
const places = new Map<string, Place>();

const address = () => location.pathname + location.search;

function keepPlace(href: string): void {
  places.delete(address());
  places.set(address(), { y: scrollY, href });
  const [oldest] = places.keys();
  if (places.size > PLACES_MAX && oldest !== undefined) places.delete(oldest);
}

type AwayLinkProps = { href: string; class: string; children: ComponentChildren };

/** A link to a page that one comes back from. */
export function AwayLink({ href, class: name, children }: AwayLinkProps) {
  return (
    <a
      class={name}
      href={href}
      onClick={(event) => {
        keepPlace(href);
        follow(event);
      }}
    >
      {children}
    </a>
  );
}

type PageHeadingProps = { children: ComponentChildren; class?: string };

/** Takes the focus when the page comes, unless somebody comes back to what they had left. */
export function PageHeading({ children, class: name }: PageHeadingProps) {
  const ref = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    ref.current?.focus({ preventScroll: true });
    const place = cameBy.turn === "back" ? places.get(address()) : undefined;
    if (!place) {
      scrollTo(0, 0);
      return;
    }
    const link = document.querySelector<HTMLElement>(`#main a[href="${CSS.escape(place.href)}"]`);
    link?.focus({ preventScroll: true });
    scrollTo(0, place.y);
  }, []);
  return (
    <h1 ref={ref} tabIndex={-1} class={name}>
      {children}
    </h1>
  );
}
