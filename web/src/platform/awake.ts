// Keeps the screen on while a race is played. Browsers offer it on secure origins only; elsewhere the screen goes dark as
// always, and nothing else is lost.
import { onWake } from "./wake";

let isWanted = false;
let lock: WakeLockSentinel | null = null;
let isAsking = false;

/** Asks for the screen to stay on, or lets it go dark again. */
export function keepAwake(wanted: boolean): void {
  isWanted = wanted;
  if (wanted) void ask();
  else letGo();
}

/** A browser takes the lock back whenever the page is hidden: it is asked for again when the page is seen. */
export function startKeepingAwake(): void {
  onWake(() => {
    if (isWanted) void ask();
  });
}

async function ask(): Promise<void> {
  if (isAsking || (lock && !lock.released)) return;
  const offered = navigator.wakeLock as WakeLock | undefined;
  isAsking = true;
  lock = (await offered?.request("screen").catch(() => null)) ?? null;
  isAsking = false;
  if (!isWanted) letGo();
}

function letGo(): void {
  lock?.release().catch(() => undefined);
  lock = null;
}
