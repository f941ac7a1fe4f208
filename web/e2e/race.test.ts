import {
  chooseSeat,
  expect,
  lookAt,
  openSection,
  passCaptcha,
  payByPointer,
  pressAtOpening,
  reach,
  shoot,
  stepOf,
  test,
} from "./race";

test("a race is won by pointer", async ({ page, start }) => {
  await start();
  const button = page.locator(".home-words button");
  await expect(page.locator(".cards").first()).toBeVisible();
  const box = await button.boundingBox();
  expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(600);
  await lookAt(page, "home");
  await button.click();
  await reach(page, "lobby");
  // Refused, and said so: the button is there to be pressed too early.
  await page.locator(".lobby-press button").click({ force: true });
  await expect(page.locator(".lobby-refused")).not.toBeEmpty();
  await pressAtOpening(page, () => page.locator(".lobby-press button").click());
  await reach(page, "(queue|captcha)");
  if (stepOf(page) === "queue") await lookAt(page, "queue");
  await reach(page, "captcha");
  await lookAt(page, "captcha");
  await page.locator(".captcha-input").fill("ㅎ");
  await expect(page.locator(".captcha-trouble")).not.toBeEmpty();
  await passCaptcha(page);
  await reach(page, "sections");
  await expect(page.locator(".seatmap-places button").first()).toBeAttached();
  await lookAt(page, "sections");
  await openSection(page);
  await expect(page.locator(".seatmap-places button").first()).toBeAttached();
  await lookAt(page, "seats");
  await chooseSeat(page);
  await chooseSeat(page);
  await shoot(page, "seats-chosen");
  await page.locator(".sheet-go button").click();
  await payByPointer(page);
  await reach(page, "done");
  await expect(page.locator(".done-facts")).toBeVisible();
  await lookAt(page, "done");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  await expect(page.locator(".time-line li").first()).toBeVisible();
  await lookAt(page, "report");
  await page.locator(".report-go button").first().click();
  await reach(page, "lobby");
});

test("a hold that runs out is a lost race with its report", async ({ page, start }) => {
  await start();
  await page.getByText(/짧은 선점|Short hold/).click();
  await page.locator(".home-part > .button").click();
  await pressAtOpening(page, () => page.locator(".lobby-press button").click());
  await openSection(page);
  await chooseSeat(page);
  await reach(page, "done");
  await lookAt(page, "lost");
  await page.locator(".done-go button").first().click();
  await reach(page, "report");
  await expect(page.locator(".verdict h1")).not.toBeEmpty();
  await lookAt(page, "lost-report");
});

test("a refresh in the queue costs the place", async ({ page, start }) => {
  await start();
  await page.locator(".home-words button").click();
  await pressAtOpening(page, async () => {
    await page.waitForTimeout(1_500);
    await page.locator(".lobby-press button").click();
  });
  await reach(page, "queue");
  await expect(page.locator(".note[data-tone=warn]")).toBeVisible();
  const entered = page.waitForResponse(/\/enter$/);
  await page.reload();
  const { outcome } = (await (await entered).json()) as { outcome: { kind: string } };
  expect(outcome.kind).toBe("placed");
  // Back asks before it gives the place up.
  await page.goBack();
  await expect(page.locator("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  expect(stepOf(page)).not.toBe("lobby");
});

test("a wrong address leads to where one may be", async ({ page, start, server }) => {
  await start();
  await page.locator(".home-words button").click();
  await reach(page, "lobby");
  const id = new URL(page.url()).pathname.split("/")[2];
  await page.goto(`${server.address}/race/${id}/payment`);
  await reach(page, "lobby");
  await page.goto(`${server.address}/race/0000000000000000/seats`);
  await expect(page.locator(".missing h1")).toBeVisible();
  await lookAt(page, "missing");
});

test("a lost line mends itself", async ({ page, start }) => {
  let isCut = false;
  const lines: { close(): Promise<void> }[] = [];
  await page.routeWebSocket(/\/live$/, (line) => {
    if (isCut) void line.close();
    else lines.push(line.connectToServer() && line);
  });
  await start();
  await page.locator(".home-words button").click();
  await reach(page, "lobby");
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  isCut = true;
  for (const line of lines) await line.close();
  await expect(page.locator(".link-line p")).toBeVisible();
  await lookAt(page, "broken");
  isCut = false;
  await expect(page.locator(".link-line p")).toHaveCount(0);
  await pressAtOpening(page, () => page.locator(".lobby-press button").click());
  await reach(page, "(queue|captcha)");
});

test("a server killed in mid-race finds everything as it was", async ({ page, start, server }) => {
  await start();
  await page.locator(".home-words button").click();
  await pressAtOpening(page, () => page.locator(".lobby-press button").click());
  await reach(page, "captcha");
  await passCaptcha(page);
  await openSection(page);
  await chooseSeat(page);
  const seat = await page.locator(".sheet-seat b").first().textContent();
  await server.kill();
  await expect(page.locator(".link-line p")).toBeVisible({ timeout: 30_000 });
  await server.start();
  await expect(page.locator(".link-line p")).toHaveCount(0, { timeout: 30_000 });
  await expect(page.locator(".sheet-seat b").first()).toHaveText(seat ?? "");
  await page.locator(".sheet-go button").click();
  await payByPointer(page);
  await reach(page, "done");
  await expect(page.locator(".done-facts")).toBeVisible();
});
