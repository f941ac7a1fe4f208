// A few rows kept in this browser under one key, the newest first.
import { recall, remember } from "#/platform/storage";

const KEPT_MAX = 20;

/** What was kept; nothing if it cannot be read. */
export function keptRows<T>(key: string): T[] {
  try {
    const all: unknown = JSON.parse(recall(key) ?? "[]");
    return Array.isArray(all) ? (all as T[]) : [];
  } catch {
    return [];
  }
}

/** Keeps a row in place of those that are about the same. */
export function keepRow<T>(key: string, row: T, isSame: (other: T) => boolean): void {
  const others = keptRows<T>(key).filter((other) => !isSame(other));
  remember(key, JSON.stringify([row, ...others].slice(0, KEPT_MAX)));
}
