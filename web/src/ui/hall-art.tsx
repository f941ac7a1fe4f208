// The opening picture: rows of round seats that go by and by, and one that waits. Drawn, not fetched.
import "./hall-art.css";

const ROWS = 7;
const RADIUS = 7;
/** Of a hundred seats, how many go. */
const GOING = 62;
/** So many go at a time: a picture of few parts is drawn quickly, and wakes the page less often. */
const AT_A_TIME = 2;

type Art = { plain: string; going: string[]; mine: { cx: number; cy: number } };

const disc = (x: number, y: number): string =>
  `M${x - RADIUS} ${y}a${RADIUS} ${RADIUS} 0 1 0 ${2 * RADIUS} 0a${RADIUS} ${RADIUS} 0 1 0 ${-2 * RADIUS} 0`;

function drawSeats(): Art {
  const art: Art = { plain: "", going: [], mine: { cx: 0, cy: 0 } };
  for (let row = 0; row < ROWS; row++) {
    const radius = 92 + row * 25;
    const count = 11 + row * 3;
    for (let at = 0; at < count; at++) {
      const angle = Math.PI * (0.14 + (0.72 * at) / (count - 1));
      const x = Math.round(200 - radius * Math.cos(angle));
      const y = Math.round(radius * Math.sin(angle) - 34);
      // A fixed scatter: the same hall at every visit, and no two neighbours that go together.
      const order = (row * 37 + at * 53 + ((at * row) % 7) * 17) % 100;
      const group = Math.floor(order / AT_A_TIME);
      if (row === 2 && at === 7) art.mine = { cx: x, cy: y };
      else if (order < GOING) art.going[group] = (art.going[group] ?? "") + disc(x, y);
      else art.plain += disc(x, y);
    }
  }
  return art;
}

const SEATS = drawSeats();

export function HallArt() {
  return (
    <svg class="hall-art" viewBox="-34 -8 468 224" aria-hidden="true">
      <path class="hall-art-stage" d="M136 8h128l-14 22H150z" />
      <path class="hall-art-seat" d={SEATS.plain} />
      {SEATS.going.map((path, group) => (
        <path
          key={path}
          class="hall-art-seat hall-art-going"
          d={path}
          style={{ animationDelay: `${group * AT_A_TIME * 110}ms` }}
        />
      ))}
      <circle class="hall-art-seat hall-art-mine" {...SEATS.mine} r="9" />
    </svg>
  );
}
