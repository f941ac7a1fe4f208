// Tests of which browsers are inside an app.
import { expect, test } from "vitest";
import { appOf } from "./in-app";

const ANDROID = "Mozilla/5.0 (Linux; Android 14; SM-S921N";
const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15";

test.each([
  [
    "kakaotalk",
    `${ANDROID}; wv) ${WEBKIT} Chrome/126.0 Mobile Safari/537.36 KAKAOTALK/10.8.3 (INAPP)`,
  ],
  ["kakaotalk", `${IPHONE} (KHTML, like Gecko) Mobile/15E148 KAKAOTALK 10.8.3`],
  ["instagram", `${IPHONE} (KHTML, like Gecko) Mobile/15E148 Instagram 335.0`],
  ["line", `${IPHONE} (KHTML, like Gecko) Mobile/15E148 Safari Line/14.9.0`],
  ["facebook", `${IPHONE} (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/468]`],
  ["naver", `${IPHONE} (KHTML, like Gecko) NAVER(inapp; search; 2000; 12.5.1)`],
  ["other", `${ANDROID}; wv) ${WEBKIT} Version/4.0 Chrome/126.0 Mobile Safari/537.36`],
  [null, `${ANDROID}) ${WEBKIT} Chrome/126.0 Mobile Safari/537.36`],
  [null, `${IPHONE} (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1`],
  [null, `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/126.0 Safari/537.36`],
])("%s is told by its name", (app, userAgent) => {
  expect(appOf(userAgent)).toBe(app);
});
