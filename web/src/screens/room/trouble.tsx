// Why the last press was not done, read out at once.
import type { Doing } from "./doing";

export function Trouble({ of }: { of: Doing }) {
  return (
    <p class="room-trouble" role="alert">
      {of.trouble}
    </p>
  );
}
