// Stands in for d3-transition, of which d3-zoom needs nothing once it never starts one: the build
// takes this instead, and the chunk is smaller by a third of d3's part.
import { selection } from "d3-selection";

export function interrupt(): void {
  // There is nothing to interrupt.
}

Object.assign(selection.prototype, {
  interrupt(this: unknown): unknown {
    return this;
  },
});
