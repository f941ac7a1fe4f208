/** Sections and seats by pointer, and the seats as they really are beside what the map shows. */

import { expect, type Locator, type Page } from "@playwright/test";
import type { Plan } from "../src/api/types";
import { foldFrame } from "../src/feed/replica";
import { seatName } from "../src/i18n/seats";
import { ask, raceIdOf, raceOf, reach } from "./race";
import { languageOf } from "./words";

/** The seats as they really are, whatever the map shows. Only who is inside may ask. */
export async function truth(page: Page, id: string): Promise<Uint8Array> {
  const answer = await page.request.get(`/api/races/${id}/seats`);
  const fold = foldFrame(null, new Uint8Array(await answer.body()));
  if (fold.kind !== "applied") throw new Error("the seats cannot be read");
  return fold.replica.states;
}

/** Opens a section by a press on its drawing. */
export async function openSection(
  page: Page,
  index = 0,
  press = (x: number, y: number) => page.mouse.click(x, y),
): Promise<void> {
  await reach(page, "sections");
  const places = page.locator(".seatmap-places button");
  await expect(places.first()).toBeAttached();
  const box = await atRest(places.nth(index));
  if (!box) throw new Error("the section is not drawn");
  await press(box.x + box.width / 2, box.y + box.height / 2);
  await reach(page, "seats");
  await expect(places.first()).toBeAttached();
}

/** What comes soon is asked for often. */
const POLL = { intervals: [50] };
/** As many looks as a flight lasts, and one more. */
const FLIGHT_LOOKS = 9;

type Box = { x: number; y: number; width: number; height: number };

/** Where something lies once it no longer moves. The places of a map that flies come after it has landed. */
export async function atRest(what: Locator): Promise<Box | null> {
  const isCalm = await what
    .page()
    .evaluate(() => matchMedia("(prefers-reduced-motion: reduce)").matches);
  let last: Box | null = null;
  let seen = 0;
  await expect
    .poll(async () => {
      const box = await what.boundingBox({ timeout: 1_000 }).catch(() => null);
      const isStill = box?.x === last?.x && box?.y === last?.y && box?.width === last?.width;
      last = box;
      seen = isStill ? seen + 1 : 0;
      return seen;
    }, POLL)
    .toBeGreaterThanOrEqual(isCalm ? 1 : FLIGHT_LOOKS);
  return last;
}

/** Whether nothing lies over the drawing at this place. */
function isBare(page: Page, at: { x: number; y: number }): Promise<boolean> {
  return page.evaluate(
    ({ x, y }) => document.elementFromPoint(x, y)?.closest(".seatmap-field") != null,
    at,
  );
}

/** Drags the map until the seat lies where nothing covers it, and tells where that is. */
async function bringNear(page: Page, seat: Locator): Promise<{ x: number; y: number } | null> {
  const frame = await page.locator(".seatmap-frame").boundingBox();
  if (!frame) return null;
  const aim = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 3 };
  let before: { x: number; y: number } | null = null;
  for (let dragged = 0; dragged < 8; dragged++) {
    const box = await atRest(seat);
    if (!box) return null;
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const isNear =
      Math.abs(at.x - aim.x) < frame.width / 4 && Math.abs(at.y - aim.y) < frame.height / 5;
    if (isNear) return at;
    // A map that is at its edge moves no further: what is not covered there can be pressed there.
    const isAtEdge = before?.x === at.x && before.y === at.y;
    if (isAtEdge && (await isBare(page, at))) return at;
    before = at;
    const step = (wanted: number) => Math.max(-120, Math.min(120, wanted));
    await page.mouse.move(aim.x, aim.y);
    await page.mouse.down();
    await page.mouse.move(aim.x + step(aim.x - at.x), aim.y + step(aim.y - at.y), { steps: 4 });
    await page.mouse.up();
  }
  return null;
}

/** The press on a seat itself. A first one may only bring the seats nearer: then the second one counts. */
export async function tapSeat(
  page: Page,
  seat: Locator,
  happened: Locator,
  press = (x: number, y: number) => page.mouse.click(x, y),
): Promise<void> {
  if (!(await tapIfNear(page, seat, happened, press)))
    throw new Error("the seat cannot be brought near");
}

/** False if the seat lies where the map does not let it come out from under what covers it. */
async function tapIfNear(
  page: Page,
  seat: Locator,
  happened: Locator,
  press: (x: number, y: number) => Promise<void>,
): Promise<boolean> {
  for (let tried = 0; tried < 3; tried++) {
    const at = await bringNear(page, seat);
    if (!at) return false;
    await press(at.x, at.y);
    const isDone = await happened
      .first()
      .waitFor({ timeout: 2_500 })
      .then(() => true)
      .catch(() => false);
    if (isDone) return true;
  }
  throw new Error("nothing came of pressing the seat");
}

const FREE = /선택 가능|available|空き|free/i;
export const freePlaces = (page: Page) =>
  page.locator(".seatmap-places").getByRole("button", { name: FREE });
export const chosenSeats = (page: Page) => page.locator(".sheet-seat");
export const placeCalled = (page: Page, name: string) =>
  page.locator(`.seatmap-places button[aria-label^="${name},"]`);

export type SeatOnMap = { seat: number; name: string };

/** A seat near the focus that the map shows free: one that really is, or one that has gone since. */
export async function findShownFree(
  page: Page,
  id: string,
  really: "free" | "gone",
  not: readonly string[] = [],
): Promise<SeatOnMap> {
  const { plan_address } = await raceOf(page, id);
  const hall = await ask<Plan>(page, `/api/plans/${plan_address}`);
  const language = await languageOf(page);
  const names = new Map<string, number>();
  for (let seat = 0; seatName(language, hall, seat); seat++)
    names.set(seatName(language, hall, seat), seat);
  let found: SeatOnMap | undefined;
  await expect
    .poll(async () => {
      const states = await truth(page, id);
      const labels = await freePlaces(page).evaluateAll((places) =>
        places.map((place) => place.getAttribute("aria-label") ?? ""),
      );
      for (const label of labels) {
        const parts = label.split(", ");
        // The name itself may hold commas: the longest beginning that is one.
        const name = parts
          .map((_, end) => parts.slice(0, end + 1).join(", "))
          .findLast((one) => names.has(one));
        const seat = name === undefined ? undefined : names.get(name);
        if (name === undefined || seat === undefined || not.includes(name)) continue;
        if ((states[seat] === 0) === (really === "free")) found = { seat, name };
        if (found) break;
      }
      return found !== undefined;
    }, POLL)
    .toBe(true);
  if (!found) throw new Error("unreachable");
  return found;
}

/** Chooses a seat that is free by a press on it; one that somebody gets first is answered and another tried. */
export async function chooseSeat(
  page: Page,
  press = (x: number, y: number) => page.mouse.click(x, y),
): Promise<SeatOnMap> {
  const chosen = chosenSeats(page).nth(await chosenSeats(page).count());
  const clash = page.locator("dialog");
  const lost: string[] = [];
  while (lost.length < 10) {
    const seat = await findShownFree(page, raceIdOf(page), "free", lost);
    const place = placeCalled(page, seat.name);
    // The map may learn that it has gone before the tap: then nothing comes of it.
    const gone = place.and(page.locator("[aria-disabled=true]"));
    if (!(await tapIfNear(page, place, chosen.or(clash).or(gone), press))) {
      lost.push(seat.name);
      continue;
    }
    // One's own hold may be on the map before it is in the list.
    await chosen.waitFor({ timeout: 1_000 }).catch(() => undefined);
    if (await chosen.isVisible()) return seat;
    lost.push(seat.name);
    if (await clash.isVisible()) await clash.getByRole("button").last().click();
  }
  throw new Error("every seat was taken first");
}

/** Presses a seat that the map still shows free and that somebody has taken since. */
export async function loseSeat(page: Page) {
  const lost = await findShownFree(page, raceIdOf(page), "gone");
  await tapSeat(page, placeCalled(page, lost.name), page.locator("dialog"));
  await expect(chosenSeats(page).filter({ hasText: lost.name })).toHaveCount(0);
  return lost;
}

/** How far the lightest and the darkest point differ where a seat is drawn: 1 is nothing to be seen, 21 the most. */
export async function contrastOf(page: Page, place: Locator): Promise<number> {
  await bringNear(page, place);
  const clip = await atRest(place);
  if (!clip) throw new Error("the seat has no place");
  const picture = await page.screenshot({ clip });
  return page.evaluate(async (bytes) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
    const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    if (!pen) throw new Error("there is nothing to draw on");
    pen.drawImage(bitmap, 0, 0);
    const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    const linear = (part: number) =>
      part <= 10.31 ? part / 3_294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
    const lights: number[] = [];
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.slice(at, at + 3);
      lights.push(0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue));
    }
    return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
  }, Array.from(picture));
}
