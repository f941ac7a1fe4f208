// Whether the machine has a network at all, as far as the browser knows. A yes promises nothing.

export function isOnline(): boolean {
  // Where there is no browser around the program, as in tests, there is nothing to know.
  return globalThis.navigator?.onLine !== false;
}

export function onNetworkChange(changed: () => void): void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
}
