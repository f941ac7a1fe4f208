// What may be typed into the captcha. Pure.
/** Whole syllables, and the single letters that a keyboard leaves while it composes. */
export function hasHangul(typed: string): boolean {
  return /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(typed);
}

export function onlyLetters(typed: string): string {
  return typed.replace(/[^A-Za-z]/g, "").toUpperCase();
}
