// What a visitor has to fetch, compressed, against what we allow ourselves; and that all of it is ours.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1000;
const LIMITS = {
  firstScript: 40 * KB,
  chunk: 35 * KB,
  style: 12 * KB,
  roomStyle: 3 * KB,
  laterStyle: 2 * KB,
  showsStyle: 4 * KB,
  // All that the page can ever fetch: accounts, points, tickets and the door are words in three languages above all,
  // and nobody fetches them before they look at shows.
  total: 262 * KB,
};

const dist = new URL("../dist/", import.meta.url);
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`);
const gzipped = new Map(files.map((file) => [file, gzipSync(readFileSync(file)).length]));

const page = readFileSync(new URL("index.html", dist), "utf8");
const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path);
const sizeOf = (test) =>
  [...gzipped].filter(([file]) => test(file)).reduce((sum, [, size]) => sum + size, 0);
const isFirst = (file) => first.some((path) => file.endsWith(path));

const chunks = [...gzipped].filter(([file]) => file.endsWith(".js") && !isFirst(file));
const found = [
  [
    "first route, script",
    sizeOf((file) => file.endsWith(".js") && isFirst(file)),
    LIMITS.firstScript,
  ],
  ...chunks.map(([file, size]) => [`chunk ${file.split("/").at(-1)}`, size, LIMITS.chunk]),
  ["first route, style", sizeOf((file) => file.endsWith(".css") && isFirst(file)), LIMITS.style],
  // The report's own sheet, with its rules for paper, comes while the first practice runs; that of rooms only to those
  // who go into one, and that of shows to those who look at some; those of exercises and of what the first page can do
  // without come once it is drawn.
  [
    "styles before a report",
    sizeOf(
      (file) =>
        file.endsWith(".css") &&
        !/\/(report|room-screens|shows-screens|training|home-later)-[^/]+$/.test(file),
    ),
    LIMITS.style,
  ],
  ["styles of rooms", sizeOf((file) => /\/room-screens-[^/]+\.css$/.test(file)), LIMITS.roomStyle],
  [
    "styles once idle",
    sizeOf((file) => /\/(training|home-later)-[^/]+\.css$/.test(file)),
    LIMITS.laterStyle,
  ],
  [
    "styles of shows",
    sizeOf((file) => /\/shows-screens-[^/]+\.css$/.test(file)),
    LIMITS.showsStyle,
  ],
  ["everything", sizeOf(() => true), LIMITS.total],
];
let isOver = false;
for (const [name, size, limit] of found) {
  const verdict = size > limit ? "TOO LARGE" : "ok";
  isOver ||= size > limit;
  console.log(`${(size / KB).toFixed(1).padStart(7)} of ${limit / KB} kB  ${verdict}  ${name}`);
}

// Names that are never fetched from: XML vocabularies, and what the language runtime parses or prints.
const NAMES_ONLY = [
  "http://www.w3.org",
  "https://paraglidejs.com",
  "http://fallback.com",
  "http://example.com",
];
const foreign = [];
for (const file of files.filter((name) => /\.(js|css|html|svg|webmanifest)$/.test(name))) {
  for (const [address] of readFileSync(file, "utf8").matchAll(/https?:\/\/[\w.-]+/g)) {
    if (!NAMES_ONLY.includes(address)) foreign.push(`${file}: ${address}`);
  }
}
for (const line of foreign) console.error(`another host: ${line}`);
if (isOver || foreign.length > 0) process.exit(1);
