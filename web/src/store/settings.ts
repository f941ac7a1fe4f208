// What a visitor chooses about the page itself.
import { effect, signal } from "@preact/signals";
import { speakTo } from "#/api/client";
import type { Language } from "#/api/types";
import { overwriteGetLocale } from "#/paraglide/runtime";
import { type Cue, play, wakeSound } from "#/platform/sound";
import { recall, remember } from "#/platform/storage";

export type Theme = "auto" | "light" | "dark";

const LANGUAGES: readonly Language[] = ["ko", "en", "ja"];

function firstLanguage(): Language {
  const wanted = [recall("language"), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return LANGUAGES.find((language) => language === wanted.find((tag) => isLanguage(tag))) ?? "ko";
}

function isLanguage(tag: string | null): tag is Language {
  return LANGUAGES.some((language) => language === tag);
}

export const language = signal<Language>(firstLanguage());
const wantedTheme = recall("theme");
export const theme = signal<Theme>(
  wantedTheme === "light" || wantedTheme === "dark" ? wantedTheme : "auto",
);
/** Off at every visit: a browser plays sound only after a tap, and sound nobody asked for startles. */
export const sound = signal(false);

export function startSettings(): void {
  // Messages ask for the language through this, so that a page redraws when it changes.
  overwriteGetLocale(() => language.value);
  effect(() => {
    speakTo(language.value);
    remember("language", language.value);
    document.documentElement.lang = language.value;
  });
  effect(() => {
    remember("theme", theme.value);
    if (theme.value === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme.value;
  });
}

export function toggleSound(): void {
  sound.value = !sound.value;
  if (!sound.value) return;
  wakeSound();
  play("tick");
}

export function cue(name: Cue): void {
  if (sound.value) play(name);
}
