// Tests of the part of the map that nothing lies over.
import { expect, test } from "vitest";
import { isSafe, reveal, type SafeArea } from "./safe-area";
import { NO_INSETS, toScreen } from "./viewport";

const phone: SafeArea = { size: { width: 390, height: 500 }, insets: NO_INSETS, covers: [] };
const view = { k: 1, x: 0, y: 0 };
const buttons = { left: 240, top: 444, right: 380, bottom: 490 };
const minimap = { left: 20, top: 396, right: 104, bottom: 480 };

test("what is in the safe area moves nothing", () => {
  expect(reveal(view, { x: 100, y: 100 }, phone)).toBe(view);
});

test("what is outside comes in with the least movement", () => {
  expect(reveal(view, { x: 500, y: 100 }, phone)).toEqual({ k: 1, x: -150, y: 0 });
});

test("nothing is left under the buttons or the small map, on any map however low", () => {
  for (const [width, height] of [
    [390, 500],
    [320, 150],
    [640, 200],
    [320, 120],
  ] as const) {
    const low = (box: typeof buttons) => {
      const by = height - 500;
      const [right, aside] = [width - 390, 0];
      const shift = box === buttons ? right : aside;
      return {
        left: box.left + shift,
        right: box.right + shift,
        top: box.top + by,
        bottom: box.bottom + by,
      };
    };
    const covers = [low(buttons), low(minimap)];
    const area = { size: { width, height }, insets: NO_INSETS, covers };
    for (let x = -50; x < width + 50; x += 7) {
      for (let y = -50; y < height + 50; y += 7) {
        const at = toScreen(reveal(view, { x, y }, area), { x, y });
        const isIn = at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height;
        const isUnder = covers.some(
          (box) => at.x > box.left && at.x < box.right && at.y > box.top && at.y < box.bottom,
        );
        expect(isIn && !isUnder, `${x}, ${y} on ${width} × ${height}`).toBe(true);
        expect(isSafe(at, area)).toBe(true);
      }
    }
  }
});
