// The one owner of the system's share sheet and of the clipboard. Both may be missing on plain-http addresses.

export type Shared = { title: string; text: string; url: string };

export const canShare = (): boolean => "share" in navigator;

/** Opens the share sheet. Whoever closes it has changed their mind, which is no fault. */
export async function share(what: Shared): Promise<void> {
  await navigator.share(what).catch(() => undefined);
}

/** Copies a field's text; false where the browser does not allow it. The text stays selected, to be copied by hand. */
export async function copy(field: HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  field.select();
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    await clipboard?.writeText(field.value);
    // Browsers without a secure address know only the old way.
    return clipboard ? true : document.execCommand("copy");
  } catch {
    return false;
  }
}

/** This page's address under another path. */
export const addressOf = (path: string): string => new URL(path, location.href).href;
export const host = (): string => location.host;

/** Goes to an address as if it were typed: the page begins anew, with the cookies of now. */
export function openAnew(path: string): void {
  location.assign(path);
}
