import { expect, test } from "vitest";
import { roomOf } from "./room";

test("a low page is told by its height, and has its button beside where it is broad enough", () => {
  const sizes: [number, number, string | null][] = [
    [390, 844, null],
    [1280, 800, null],
    [844, 390, "beside"],
    [640, 400, "beside"],
    [375, 553, "under"],
    [320, 256, "under"],
    [600, 690, "under"],
  ];
  for (const [width, height, low] of sizes)
    expect(roomOf(width, height, height).low, `${width}x${height}`).toBe(low);
});

test("a keyboard over the page makes it low, a bar of the browser does not", () => {
  expect(roomOf(390, 844, 544)).toEqual({ low: "under", keyboard: 300 });
  expect(roomOf(390, 844, 790)).toEqual({ low: null, keyboard: 0 });
});
