// Who one is to the server, as it said last: asked for anew by every screen that shows it.
import { signal } from "@preact/signals";
import type { Me } from "#/api/account-types";
import { getMe } from "#/api/me";

/** Null before the server has told. */
export const me = signal<Me | null>(null);

export async function askMe(): Promise<void> {
  me.value = await getMe();
}

/** The way to a provider, and back to where one is. */
export const logInPath = (provider: string, to: string) =>
  `/login/${encodeURIComponent(provider)}?${new URLSearchParams({ to })}`;
