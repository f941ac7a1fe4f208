// Browsers inside chat apps. They keep cookies of their own, and are closed when one goes back to the chat.
import { isInstalled } from "./installing";

export type App = "kakaotalk" | "instagram" | "line" | "facebook" | "naver" | "other";

const SIGNS: readonly [App, RegExp][] = [
  ["kakaotalk", /KAKAOTALK/i],
  ["instagram", /Instagram/],
  ["line", /\bLine\//],
  ["facebook", /FBAN|FBAV|FB_IAB/],
  ["naver", /NAVER\(inapp/],
  // What Android calls a page that an app shows.
  ["other", /; wv\)/],
];

/** The app that shows this page, by what its browser calls itself; null in a browser of its own. */
export function appOf(userAgent: string): App | null {
  return SIGNS.find(([, sign]) => sign.test(userAgent))?.[0] ?? null;
}

export const currentApp = (): App | null => (isInstalled() ? null : appOf(navigator.userAgent));
