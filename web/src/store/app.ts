// The page as an app: kept in the browser, offered for installing once somebody has finished a race.
import { computed, signal } from "@preact/signals";
import {
  type InstallOffer,
  installsByMenu,
  isInstalled,
  isNewerPageKept,
  isSecure,
  keepPage,
  mayKeepPage,
  onInstallOffer,
} from "#/platform/installing";
import { reloadPage } from "#/platform/page";
import { recall, remember } from "#/platform/storage";

const offer = signal<InstallOffer | null>(null);
const hasFinishedRace = signal(recall("finished") !== null);
const isDeclined = signal(recall("install") === "no");

/**
 * How the page can be installed, if it can be offered now: by a press, by the browser's own menu, or not at all
 * because the address is not a secure one. Null before the first finished race, and after a no.
 */
export const installing = computed<"press" | "menu" | "insecure" | null>(() => {
  if (!hasFinishedRace.value || isDeclined.value || isInstalled()) return null;
  if (!isSecure) return "insecure";
  if (!mayKeepPage) return null;
  if (offer.value) return "press";
  return installsByMenu() ? "menu" : null;
});

/** To be called once, when the page starts. */
export function startApp(): void {
  onInstallOffer((made) => {
    offer.value = made;
  });
}

/** To be called when nothing on the page is in a hurry: the browser then fetches what it is to keep. */
export function keepApp(): void {
  void keepPage().catch(() => undefined);
}

/** Loads the page anew if there is a newer one. To be called where nothing is lost by it. */
export function renewApp(): void {
  if (isNewerPageKept()) reloadPage();
}

export function noteFinishedRace(): void {
  hasFinishedRace.value = true;
  remember("finished", "yes");
}

export async function install(): Promise<void> {
  const made = offer.value;
  // An offer can be taken up only once.
  offer.value = null;
  if (made && !(await made.prompt())) declineInstalling();
}

export function declineInstalling(): void {
  isDeclined.value = true;
  remember("install", "no");
}
