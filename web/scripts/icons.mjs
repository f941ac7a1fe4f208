// Draws the icons that an installed app needs, as PNG, from one drawing of the mark. Run it when the mark changes:
// node scripts/icons.mjs
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { chromium } from "@playwright/test";

const GROUND = "#2a1240";
const GRAPE = "#cfa5f5";
const STALK = "#7fd0a4";
const SEATS = [
  [8.5, 11],
  [16.5, 11],
  [24.5, 11],
  [12.5, 18.5],
  [20.5, 18.5],
  [16.5, 26],
];

/** `share` is how much of the icon's width the mark takes, `corner` how round the ground is. */
function drawing(size, share, corner) {
  const scale = (size * share) / 32;
  const at = (size - 33 * scale) / 2;
  const seats = SEATS.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.7" fill="${GRAPE}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">
    <rect width="${size}" height="${size}" rx="${size * corner}" fill="${GROUND}"/>
    <g transform="translate(${at} ${at}) scale(${scale})">
      <path d="M16.500 7.500c0-3 1.500-4.500 4-5.500" fill="none" stroke="${STALK}" stroke-width="2.200"
        stroke-linecap="round"/>${seats.join("")}</g></svg>`;
}

const ICONS = [
  { file: "app-192.png", size: 192, share: 0.74, corner: 0.22 },
  { file: "app-512.png", size: 512, share: 0.74, corner: 0.22 },
  // A system may cut a maskable icon down to a circle of four fifths of its width.
  { file: "maskable-192.png", size: 192, share: 0.56, corner: 0 },
  { file: "maskable-512.png", size: 512, share: 0.56, corner: 0 },
  { file: "apple-180.png", size: 180, share: 0.66, corner: 0 },
];

const COLOURS_MAX = 256;

/** Pixels by colours of their own: a list of colours, and for each pixel its number in it. Close shades of edges become one. */
function paletteOf(pixels) {
  for (let step = 1; ; step *= 2) {
    const numbers = new Map();
    const round = (value) => Math.min(255, Math.round(value / step) * step);
    const indexed = Uint8Array.from({ length: pixels.length / 4 }, (_, at) => {
      const colour = pixels
        .slice(at * 4, at * 4 + 4)
        .map(round)
        .join();
      if (!numbers.has(colour)) numbers.set(colour, numbers.size);
      return numbers.get(colour);
    });
    const colours = [...numbers.keys()].map((colour) => colour.split(",").map(Number));
    if (colours.length <= COLOURS_MAX) return { colours, indexed };
  }
}

function chunk(type, bytes) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), bytes]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(bytes.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG with a palette is a quarter as large as the one that a browser makes. */
function pngOf(size, pixels) {
  const { colours, indexed } = paletteOf(pixels);
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 3, 0, 0, 0]);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // Each row begins with the number of its filter: none.
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.from([0, ...indexed.subarray(y * size, (y + 1) * size)]),
  );
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(colours.flatMap(([r, g, b]) => [r, g, b]))),
    chunk("tRNS", Buffer.from(colours.map(([, , , alpha]) => alpha))),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Runs in the page: draws there, and tells the pixels. */
async function pixelsOf({ svg, size }) {
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  return Array.from(context.getImageData(0, 0, size, size).data);
}

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
for (const { file, size, share, corner } of ICONS) {
  const pixels = await page.evaluate(pixelsOf, { svg: drawing(size, share, corner), size });
  writeFileSync(new URL(`../public/icons/${file}`, import.meta.url), pngOf(size, pixels));
}
await browser.close();
