// The one owner of what is remembered in this browser. A browser that forbids it forgets, no more.
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`tingting.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`tingting.${key}`, value);
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
}
