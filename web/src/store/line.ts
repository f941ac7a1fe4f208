// Whether the server is out of reach, as far as the first page can tell.
import { signal } from "@preact/signals";
import { isOnline, onNetworkChange } from "#/platform/online";

/** The browser knows of no network at all. */
export const isOffline = signal(!isOnline());

/** To be called once, when the page starts. */
export function watchLine(): void {
  onNetworkChange(() => {
    isOffline.value = !isOnline();
  });
}
