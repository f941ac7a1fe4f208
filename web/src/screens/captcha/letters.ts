// What may be typed into the captcha. Pure.

/** A Japanese or Chinese keyboard types letters as wide as a character: they mean the same. */
function narrow(typed: string): string {
  return typed.normalize("NFKC");
}

/** Whole syllables, and the single letters that a keyboard leaves while it composes. */
export function hasHangul(typed: string): boolean {
  return /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(narrow(typed));
}

/** Something other than letters and spaces, which are dropped without a word. */
export function hasOthers(typed: string): boolean {
  return /[^A-Za-z\s]/.test(narrow(typed));
}

/** The letters A to Z of what was typed, as they were typed: either case will do. */
export function onlyLetters(typed: string): string {
  return narrow(typed).replace(/[^A-Za-z]/g, "");
}
