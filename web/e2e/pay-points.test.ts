/** Paying in an opening: what is said of points, of the purse of a guest, and of a payment that is under way. */

import type { Page } from "@playwright/test";
import type { Me } from "../src/api/account-types";
import type { RaceView } from "../src/api/types";
import { focusIsHere, shoot, violations, wordsAreWhole } from "./look";
import {
  expect,
  fillPrice,
  fillReceipt,
  goOn,
  newRace,
  passCaptcha,
  pressAtOpening,
  reach,
  test,
} from "./race";
import { chooseSeat, openSection } from "./seats";
import { GUEST, personAt, refuse, tell } from "./told";
import { said } from "./words";

/** A race as if it were the sale of a performance, up to its payment. */
async function toPayment(page: Page, who: Me, change: (view: RaceView) => void = () => undefined) {
  const { id } = await newRace(page, "calm");
  await tell(page, "**/api/me", who);
  await page.route(`**/api/races/${id}`, async (route) => {
    const answer = await route.fetch();
    const view = (await answer.json()) as RaceView;
    view.race.performance = "1";
    change(view);
    return route.fulfill({ response: answer, json: view });
  });
  await page.goto(`/race/${id}`);
  await pressAtOpening(page);
  await passCaptcha(page);
  await openSection(page, 1);
  await chooseSeat(page);
  await page.locator(".sheet-go button").click();
  await fillPrice(page);
  await goOn(page);
  // Who has an account buys under its name.
  if (who.account) await expect(page.locator(".receipt-name b")).toHaveText("minji");
  await fillReceipt(page);
  await goOn(page);
  await reach(page, "payment");
  await expect(page.locator(".summary-total").last()).toBeVisible();
  return id;
}

/** As most services have it. */
const COMMON_TERMS: RaceView["race"]["style"]["cancel"] = {
  free_days: 7,
  late_won: 4_000,
  late_percent_max: 10,
  fees: [
    { days_before: 9, percent: 10 },
    { days_before: 6, percent: 20 },
    { days_before: 2, percent: 30 },
  ],
  until_days_before: 1,
  until_time: "17:00",
  until_saturday: "11:00",
};

async function isFine(page: Page, name: string): Promise<void> {
  await focusIsHere(page, name);
  await wordsAreWhole(page, name);
  expect(await violations(page), name).toEqual([]);
  await shoot(page, name);
}

test("O38: with an account the points before and after are shown, and points that are too few are counted", async ({
  page,
}) => {
  const id = await toPayment(page, personAt(0), ({ race }) => {
    race.style.cancel = COMMON_TERMS;
  });
  const purse = page.locator(".summary").first();
  await expect(purse.locator("dt").last()).toHaveText(await said(page, "payment_points_after"));
  await expect(page.locator("input[name=method]")).toHaveCount(0);
  // What one agrees to stands beside it: the fees of the style, and its deadline.
  const terms = page.getByRole("region", { name: await said(page, "payment_cancel_title") });
  await expect(terms.locator("dd")).toHaveText([/^₩?0/, /./, /4,000.*10%/, "10%", "20%", "30%"]);
  await expect(terms).toContainText("17:00");
  await isFine(page, "points");
  const [before, used, after] = (await purse.locator("dd").allInnerTexts()).map((text) =>
    Number(text.replaceAll(/\D/g, "")),
  );
  expect(before).toBe((used ?? 0) + (after ?? 0));
  const short = { balance_won: 5_000, total_won: used };
  await refuse(page, `**/api/races/${id}/pay`, 409, "points-short", short);
  await page.locator("input[type=checkbox]").first().check();
  await goOn(page);
  const missing = new Intl.NumberFormat("ko-KR").format((used ?? 0) - 5_000);
  await expect(page.locator(".pay-trouble")).toContainText(missing);
  await expect(purse.locator("dd").last()).toContainText(missing);
  await isFine(page, "short");
});

test("a guest is told that the practice purse pays", async ({ page }) => {
  await toPayment(page, GUEST);
  await expect(page.locator(".note")).toHaveText(await said(page, "payment_guest"));
  await expect(page.locator("input[name=method]")).toHaveCount(3);
  await isFine(page, "guest");
});

test("O38: while nobody knows the points, nobody is called a guest, and they can be asked for again", async ({
  page,
}) => {
  // The catalogue is away.
  await toPayment(page, { ...personAt(0), points_won: null });
  const told = page.locator(".note[role=alert]");
  await expect(told.locator("p")).toHaveText(await said(page, "payment_points_unknown"));
  await expect(page.locator("input[name=method]")).toHaveCount(0);
  await page.locator("input[type=checkbox]").first().check();
  await expect(page.locator(".pay-go button").last()).toHaveAttribute("aria-disabled", "true");
  await isFine(page, "unknown points");
  await tell(page, "**/api/me", personAt(0));
  await told.locator("button").click();
  await expect(page.locator(".summary dt").nth(2)).toHaveText(
    await said(page, "payment_points_after"),
  );
});

test("a payment under way has a countdown of its own, also when the page is loaded anew", async ({
  page,
}) => {
  let isPaying = false;
  await page.routeWebSocket(/\/live$/, (socket) => {
    // What is shown is what the first answer told: nothing comes after it.
    if (!isPaying) socket.connectToServer();
  });
  const id = await toPayment(page, personAt(0), ({ state }) => {
    if (!isPaying || state.you.kind !== "inside" || !state.you.hold) return;
    Object.assign(state.you.hold, { paying_until_ms: state.now_ms + 45_000 });
  });
  isPaying = true;
  // Whoever loads the page anew stands in line anew, but not while they pay.
  await refuse(page, `**/api/races/${id}/enter`, 409, "payment-under-way");
  await page.reload();
  const left = page.locator(".paying [role=timer]");
  await expect(left).toHaveText(/^0:4\d$/);
  await expect(page.locator(".time-left")).toContainText(/0:4\d/);
  await expect(page.locator(".pay-go button").last()).toHaveAttribute("aria-disabled", "true");
  await expect(page.locator(".pay-go button").last()).toHaveText(await said(page, "payment_busy"));
  await isFine(page, "under way");
});
