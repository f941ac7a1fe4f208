// Tests of the messages of all languages: that they say the same, in the words that we agreed on.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import en from "../../messages/en.json";
import ja from "../../messages/ja.json";
import ko from "../../messages/ko.json";

/** A text, or texts of which one is chosen by an input: "1 seat" and "2 seats". */
type Message = string | { selectors: string[]; match: Record<string, string> }[];
type Messages = Record<string, Message>;

const LANGUAGES: Record<string, Messages> = { ko, en, ja };

function textsOf(message: Message | undefined): string[] {
  if (message === undefined) return [];
  return typeof message === "string"
    ? [message]
    : message.flatMap(({ match }) => Object.values(match));
}

function inputsOf(message: Message | undefined): string[] {
  const named = textsOf(message).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
  );
  const chosenBy = typeof message === "object" ? message.flatMap(({ selectors }) => selectors) : [];
  return [...new Set([...named, ...chosenBy])].sort();
}

/** Every text of a language with its key. */
function saidIn(messages: Messages): [key: string, text: string][] {
  return Object.entries(messages)
    .filter(([key]) => key !== "$schema")
    .flatMap(([key, message]) => textsOf(message).map((text): [string, string] => [key, text]));
}

/** The texts of a language that a pattern finds. */
const found = (messages: Messages, pattern: RegExp) =>
  saidIn(messages).filter(([, text]) => pattern.test(text));

test.each(["en", "ja"])(
  "%s says all that Korean says, in the same order, with the same inputs",
  (language) => {
    const messages = LANGUAGES[language] ?? {};
    expect(Object.keys(messages)).toEqual(Object.keys(ko));
    for (const [key, message] of Object.entries(ko)) {
      if (key === "$schema") continue;
      expect([key, inputsOf(messages[key])]).toEqual([key, inputsOf(message)]);
    }
  },
);

test("no text is empty", () => {
  for (const messages of Object.values(LANGUAGES)) expect(found(messages, /^\s*$/)).toEqual([]);
});

test("no word of the machine room reaches a screen", () => {
  const forbidden =
    /\bredis|\bzset|\bttl\b|\bmq\b|\blua\b|jitter|\bpoll|token|토큰|서버 오류|에러|websocket|cache|캐시|キャッシュ|session|세션|セッション|timeout|타임아웃|タイムアウト|API\b|JSON\b/i;
  for (const messages of Object.values(LANGUAGES)) expect(found(messages, forbidden)).toEqual([]);
});

test("only the format functions write units of time, so that no text can say 299 seconds", () => {
  const unit = /\}\s*(초|분|시간|ms|s\b|sec|min|秒|分|時間)/i;
  for (const messages of Object.values(LANGUAGES)) expect(found(messages, unit)).toEqual([]);
});

/** What is said of a ticket itself: only there may it be called what is printed for the entrance. */
const OF_TICKETS = /^(ticket|door)_/;

/** What a Korean fan would not say, or what has another name here. */
const KOREAN_WORDS: [string, RegExp][] = [
  ["주세요 stands alone, without 주십시오", /주십시오|하십시오/],
  ["a seat is 선점, not 잡음", /잡(은|음|았|아|기|으려|힌|혔)/],
  ["방금 갱신, not 방금 본 좌석", /방금 본|초 전 좌석/],
  ["전체 구역 leads to the map, not 구역 목록", /구역 목록/],
  ["계산 중, not 재는 중", /재는 중/],
  ["도달 못 함, not 하지 않음", /하지 않음/],
  ["자동으로, not 저절로", /저절로/],
  ["a pass is no ticket: 입장권 is what is printed for the entrance", /입장권/],
  ["held and paid are told apart: no 예매율", /예매율/],
  ["대기 순서 is two words", /대기순서|대기순번|대기인원/],
  ["the coach waits, and does not stand in a line", /줄을 서|줄 서/],
];
test.each(KOREAN_WORDS)("Korean: %s", (_, pattern) => {
  const said = found(ko as Messages, pattern).filter(([key]) => !OF_TICKETS.test(key));
  expect(said).toEqual([]);
});

const ENGLISH_WORDS: [string, RegExp][] = [
  ["one seat is not them", /\bthem\b/i],
  [
    "one is counted as one",
    /\{\w+\} (seats|rivals|people|persons|letters|answers|seconds|presses)\b/,
  ],
  ["a wait is calculated, not measured", /\bmeasuring\b/i],
];
/** Several inputs of one text can be counted only together; none of them is ever one. */
const NEVER_ONE = ["home_start_facts", "map_shown", "report_basis_rivals"];
test.each(ENGLISH_WORDS)("English: %s", (_, pattern) => {
  const plural = Object.entries(en as Messages).filter(([key, message]) => {
    const texts = typeof message === "string" ? [message] : [];
    return !NEVER_ONE.includes(key) && texts.some((text) => pattern.test(text));
  });
  expect(plural).toEqual([]);
});

const JAPANESE_WORDS: [string, RegExp][] = [
  ["席種 is what grades are called, not 座席等級", /座席等級/],
  ["a wait is 計算中, not 計測中", /計測中/],
  ["ブロック一覧 would be a list: the button leads to the map", /ブロック一覧/],
  ["how much is gone is told as paid and held, not as 販売率", /販売率/],
  ["a pass is no ticket", /入場券/],
];
test.each(JAPANESE_WORDS)("Japanese: %s", (_, pattern) => {
  expect(found(ja as Messages, pattern)).toEqual([]);
});

/** What is said inside the window of a style: the site speaks there, everywhere else the coach. */
const SITE = /^(queue|captcha|pay|price|receipt|payment)_|_(plain|official)$/;
/** Said by the site's screens to a coach's toast. */
const COACH_ON_SITE = ["captcha_due"];

const isSite = (key: string) => SITE.test(key) && !COACH_ON_SITE.includes(key);

test("Korean: the site says 합니다, and asks with 주세요", () => {
  const coach = saidIn(ko as Messages).filter(
    ([key, text]) => isSite(key) && /요(?=[.!?]|$)/.test(text.replaceAll("주세요", "")),
  );
  expect(coach).toEqual([]);
});

test("Korean: the coach says 해요", () => {
  const site = saidIn(ko as Messages).filter(
    ([key, text]) => !isSite(key) && /니다|니까/.test(text),
  );
  expect(site).toEqual([]);
});

test("a tier of demand is called after how hard the race is, not after a hall, a size or practising", () => {
  const folder = new URL("../../../data/demand/", import.meta.url);
  const titles = readdirSync(folder).map((file) => {
    const [, title] = /^title = (.*)$/m.exec(readFileSync(new URL(file, folder), "utf8")) ?? [];
    return title ?? "";
  });
  expect(titles.length).toBeGreaterThan(3);
  expect(
    titles.filter((title) =>
      /극장|[대중소]형|연습|hall|small|large|practice|劇場|規模|練習/i.test(title),
    ),
  ).toEqual([]);
});
