// The one owner of what makes an app of the page: the service worker, and the browser's offer to install.

/** Only https and this very machine may keep a page and install it: a rule of every browser. */
export const isSecure = globalThis.isSecureContext ?? false;
/** Some windows, such as those inside other apps, keep nothing on secure addresses either. */
export const mayKeepPage = isSecure && "serviceWorker" in navigator;

/** The browser's offer to install the page, if it makes one. `prompt` tells whether the visitor said yes. */
export type InstallOffer = { prompt(): Promise<boolean> };

type BeforeInstallPrompt = Event & {
  prompt(): Promise<{ outcome: "accepted" | "dismissed" }>;
};

/** Calls back with each offer of the browser, and with null once the page is installed. */
export function onInstallOffer(heard: (offer: InstallOffer | null) => void): void {
  addEventListener("beforeinstallprompt", (event) => {
    // Without this some browsers show a bar of their own in the middle of a race.
    event.preventDefault();
    const offer = event as BeforeInstallPrompt;
    heard({ prompt: async () => (await offer.prompt()).outcome === "accepted" });
  });
  addEventListener("appinstalled", () => heard(null));
}

/** Whether the page runs as an installed app, in a window of its own. */
export function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches;
}

/** iPhones and iPads install by a menu of their own and make no offer. */
export function installsByMenu(): boolean {
  return "standalone" in navigator && navigator.standalone === false;
}

let kept: ServiceWorkerRegistration | null = null;

/** Keeps the page in the browser, so that it opens without a line. */
export async function keepPage(): Promise<void> {
  if (!mayKeepPage) return;
  kept = await navigator.serviceWorker.register("/sw.js");
  // The names of scripts come from their content: by this page's script a worker knows whether the page is of its
  // own build, and takes over at once if so. For an older page it waits.
  const script = new URL(import.meta.url).pathname;
  kept.waiting?.postMessage(script);
  kept.addEventListener("updatefound", () => {
    const worker = kept?.installing;
    worker?.addEventListener("statechange", () => worker.postMessage(script));
  });
}

/** Whether the browser keeps the files of a newer build than this page's. */
export function isNewerPageKept(): boolean {
  return kept?.waiting != null;
}
