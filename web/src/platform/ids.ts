// Keys that nobody else has. `crypto.randomUUID` is missing on plain-http addresses, so it is not used.

const KEY_BYTES = 16;

/**
 * A key of 32 hexadecimal digits. Where a browser has no source of random bytes, ordinary chance stands in: a key
 * must be new, not secret.
 */
export function freshKey(): string {
  const bytes = new Uint8Array(KEY_BYTES);
  const source = globalThis.crypto as Crypto | undefined;
  if (source) source.getRandomValues(bytes);
  else for (let at = 0; at < KEY_BYTES; at++) bytes[at] = Math.floor(Math.random() * 256);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
