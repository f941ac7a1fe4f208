// A small drawing for each exercise, made of round seats like everything here.
import type { Exercise } from "#/api/training-types";

const PATHS: Record<Exercise, string> = {
  // A pointer on a button; letters in a frame; a section among three; a seat among taken ones; a crossed seat with its
  // neighbour; a card.
  press:
    "M12 3.500v4M12 16.500v4M3.500 12h4M16.500 12h4M12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600z",
  captcha:
    "M3.500 6.500h17v11h-17zM6.500 14.500l2-5 2 5M7.300 12.800h2.400M13.500 9.500v5h2.200a1.400 1.400 0 0 0 .300-2.700 1.300 1.300 0 0 0-.500-2.300z",
  section:
    "M4 8.500c5-3 11-3 16 0l-1.600 4c-4-2.300-8.800-2.300-12.800 0zM7 15.500c3.200-1.700 6.800-1.700 10 0l-1.200 3.500c-2.400-1.200-5.200-1.200-7.600 0z",
  seats:
    "M6 5.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM18 5.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM6 13.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM15.500 16l1.800 2 3.200-4",
  conflict:
    "M4 6l6 6M10 6l-6 6M17.500 11.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM12 9c3 0 4 .500 5 1.500",
  pay: "M3.500 6.500h17v11h-17zM3.500 10.500h17M6.500 14.500h4",
};

/** Says nothing to a reader: its name stands beside it. */
export function ExerciseSign({ exercise }: { exercise: Exercise }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[exercise]} />
    </svg>
  );
}
