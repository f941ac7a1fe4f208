// Reminds of openings of liked concerts, ten minutes and one minute before, over whatever screen one looks at.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CalendarEntry } from "#/api/show-types";
import { getCalendar } from "#/api/shows";
import { dayIn } from "#/i18n/venue-time";
import { m, wholeSpan } from "#/i18n/words";
import { recall, recallHere, rememberHere } from "#/platform/storage";
import { every } from "#/platform/time";
import { onWake } from "#/platform/wake";
import { concertPath } from "#/store/address";
import { second, serverNow } from "#/store/clock";
import { me } from "#/store/me";
import { route } from "#/store/route";
import { cue } from "#/store/settings";
import { EVER_LIKED } from "#/store/shows/ever-liked";
import { likesVersion } from "#/store/shows/likes";
import { type Reminder, reminderDue } from "#/store/shows/reminders";
import { announce } from "#/ui/announcer";
import { Notice } from "./notice";

const TOLD = "reminded";
/** As many as one opening of each liked concert of a day. */
const TOLD_MAX = 100;
const RENEW_MS = 300_000;
const DAY_MS = 86_400_000;

let openings: readonly CalendarEntry[] = [];
const shown = signal<Reminder | null>(null);

function readTold(): string[] {
  try {
    const all: unknown = JSON.parse(recallHere(TOLD) ?? "[]");
    return Array.isArray(all) ? (all as string[]) : [];
  } catch {
    return [];
  }
}

async function look(): Promise<void> {
  if (recall(EVER_LIKED) === null) return;
  const now = serverNow();
  // A day on either side: days are counted at each venue.
  const [from, to] = [now - DAY_MS, now + DAY_MS].map((ms) => dayIn(ms, "UTC"));
  try {
    openings = (await getCalendar(from ?? "", to ?? "", true)).entries;
  } catch {
    // Without an answer those that are known are still right.
  }
}

function remind(): void {
  const told = readTold();
  const due = reminderDue(openings, serverNow(), told);
  if (!due) return;
  rememberHere(TOLD, JSON.stringify([due.key, ...told].slice(0, TOLD_MAX)));
  shown.value = due;
  announce(wordsOf(due));
  cue("tick");
}

const wordsOf = ({ entry, leftMs }: Reminder) =>
  m.reminder({ title: entry.concert.title, span: wholeSpan(leftMs / 1000) });

export function Reminders() {
  const version = likesVersion.value;
  const hasAccount = me.value?.account != null;
  useEffect(() => {
    void look();
    const stops = [every(RENEW_MS, () => void look()), onWake(() => void look())];
    return () => {
      for (const stop of stops) stop();
    };
  }, [version, hasAccount]);
  useEffect(() => every(1_000, remind), []);
  const reminder = shown.value;
  if (!reminder) return null;
  const { entry } = reminder;
  const where = route.value;
  const isThere = where.kind === "shows" && where.id === entry.concert.id;
  // It is about something that has not happened yet.
  if (entry.opens_at_ms <= second.value || isThere) return null;
  return <Shown key={reminder.key} reminder={reminder} isInRace={where.kind === "race"} />;
}

function close(): void {
  shown.value = null;
}

function Shown({ reminder, isInRace }: { reminder: Reminder; isInRace: boolean }) {
  const { entry } = reminder;
  const leftMs = Math.max(0, entry.opens_at_ms - second.value);
  return (
    <Notice
      label={m.reminder_label()}
      words={wordsOf({ ...reminder, leftMs })}
      go={m.reminder_go()}
      href={concertPath(entry.concert.id)}
      isInRace={isInRace}
      onClose={close}
    />
  );
}
