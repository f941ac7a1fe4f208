// The one owner of what is remembered in this browser. A browser that forbids it forgets, no more.

/** Reading the property alone may already be forbidden, so each use asks for it inside of its own attempt. */
type Shelf = () => Storage;
const everywhere: Shelf = () => localStorage;
const here: Shelf = () => sessionStorage;

function read(shelf: Shelf, key: string): string | null {
  try {
    return shelf().getItem(`tingting.${key}`);
  } catch {
    return null;
  }
}

function write(shelf: Shelf, key: string, value: string | null): void {
  try {
    if (value === null) shelf().removeItem(`tingting.${key}`);
    else shelf().setItem(`tingting.${key}`, value);
  } catch {
    // Private windows may refuse: the choice then lasts as long as the page.
  }
}

export const recall = (key: string) => read(everywhere, key);
export const remember = (key: string, value: string) => write(everywhere, key, value);
export const forget = (key: string) => write(everywhere, key, null);

/** What only this tab remembers, also when the page is loaded anew. */
export const recallHere = (key: string) => read(here, key);
export const rememberHere = (key: string, value: string) => write(here, key, value);
export const forgetHere = (key: string) => write(here, key, null);
