// Tones and vibration. Silent until the visitor asks: browsers and people want it so.
import { sleep } from "./time";

let context: AudioContext | null = null;

/** To be called from a tap: a browser starts sound only then. One that has none stays silent. */
export function wakeSound(): void {
  if (typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  context.resume().catch(() => undefined);
}

function tone(hertz: number, seconds: number, loudness: number): void {
  if (!context) return;
  const start = context.currentTime;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = "sine";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + seconds);
}

export type Cue = "tick" | "opening" | "admitted" | "conflict" | "paid";

const CUES: Record<Cue, { notes: [hertz: number, seconds: number][]; buzz: number[] }> = {
  tick: { notes: [[660, 0.08]], buzz: [20] },
  opening: { notes: [[990, 0.25]], buzz: [60] },
  admitted: {
    notes: [
      [523, 0.35],
      [784, 0.5],
    ],
    buzz: [40, 60, 40],
  },
  conflict: { notes: [[196, 0.3]], buzz: [120] },
  paid: {
    notes: [
      [523, 0.3],
      [659, 0.4],
      [784, 0.6],
    ],
    buzz: [40, 40, 40, 40, 120],
  },
};

export function play(cue: Cue): void {
  for (const [hertz, seconds] of CUES[cue].notes) tone(hertz, seconds, 0.16);
  // Without a tap on the page a browser refuses to vibrate and says so in the console.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(CUES[cue].buzz);
}

let file: HTMLAudioElement | null = null;

/** A sound that has not come in this time does not come. */
const FILE_MS_MAX = 6_000;

/**
 * Something to be listened to, asked for by a press; a second press begins again. Tells whether it is heard, or no
 * longer wanted because another press came.
 */
export async function playFile(address: string): Promise<boolean> {
  file?.pause();
  const asked = new Audio(address);
  file = asked;
  const isHeard = await Promise.race([
    asked.play().then(
      () => true,
      () => false,
    ),
    sleep(FILE_MS_MAX).then(() => false),
  ]);
  return isHeard || file !== asked;
}
