// Tones and vibration. Silent until the visitor asks: browsers and people want it so.
let context: AudioContext | null = null;

/** To be called from a tap: a browser starts sound only then. */
export function wakeSound(): void {
  context ??= new AudioContext();
  void context.resume();
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

/** Something to be listened to, asked for by a press; a second press begins again. False when nothing is heard. */
export async function playFile(address: string): Promise<boolean> {
  const mine = new Audio(address);
  file?.pause();
  file = mine;
  const isHeard = await mine.play().then(
    () => true,
    () => false,
  );
  // What a second press has ended did not fail.
  return isHeard || file !== mine;
}
