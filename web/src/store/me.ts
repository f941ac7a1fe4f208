// Who one is to the server, as it said last: asked for anew by every screen that shows it.
import { signal } from "@preact/signals";
import type { Me } from "#/api/account-types";
import { getMe } from "#/api/me";
import { remember } from "#/platform/storage";
import { EVER_LIKED } from "./shows/ever-liked";

/** Null before the server has told. */
export const me = signal<Me | null>(null);

export async function askMe(): Promise<void> {
  const told = await getMe();
  // Whoever has an account may have liked something on another device.
  if (told.account) remember(EVER_LIKED, "yes");
  me.value = told;
}

/** The way to a provider, and back to where one is. */
export const logInPath = (provider: string, to: string) =>
  `/login/${encodeURIComponent(provider)}?${new URLSearchParams({ to })}`;
