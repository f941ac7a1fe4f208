// Draws the icons that an installed app needs, as PNG, from one drawing of the mark. Run it when the mark changes:
// node scripts/icons.mjs
import { writeFileSync } from "node:fs";
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

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
for (const { file, size, share, corner } of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block}</style>${drawing(size, share, corner)}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  writeFileSync(new URL(`../public/icons/${file}`, import.meta.url), png);
}
await browser.close();
