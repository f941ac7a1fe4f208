// Who one is to the server, as it said last: asked for anew by every screen that shows it.
import { signal } from "@preact/signals";
import type { Me } from "#/api/account-types";
import { type Why, whyOf } from "#/api/client";
import { getMe } from "#/api/me";
import { forget, recall, remember } from "#/platform/storage";
import { EVER_LIKED } from "./shows/ever-liked";

/** Null before the server has told. */
export const me = signal<Me | null>(null);
/** Why the server has not told, if it was asked last and did not. */
export const meTrouble = signal<Why | null>(null);

export async function askMe(): Promise<void> {
  let trouble: Why | null = null;
  try {
    const who = await getMe();
    // Whoever comes after, by whatever way, does not find what was kept for the one before.
    if (recall(PERSON) !== who.person) forget(OF_THE_PERSON);
    remember(PERSON, who.person);
    // Whoever has an account may have liked something on another device.
    if (who.account) remember(EVER_LIKED, "yes");
    me.value = who;
  } catch (error) {
    trouble = whyOf(error);
  }
  meTrouble.value = trouble;
}

/** What this browser keeps for the person who sits there, and for nobody else. */
export const OF_THE_PERSON = "bookings";
const PERSON = "person";

/** The way to a provider, and back to where one is. */
export const logInPath = (provider: string, to: string) =>
  `/login/${encodeURIComponent(provider)}?${new URLSearchParams({ to })}`;
