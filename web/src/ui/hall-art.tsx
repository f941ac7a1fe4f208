// The opening picture: rows of round seats that go one by one, and one that waits. Drawn, not fetched.
import "./hall-art.css";

type ArtSeat = { x: number; y: number; delay: number; look: "plain" | "going" | "mine" };

const ROWS = 7;

function drawSeats(): ArtSeat[] {
  const seats: ArtSeat[] = [];
  for (let row = 0; row < ROWS; row++) {
    const radius = 92 + row * 25;
    const count = 11 + row * 3;
    for (let at = 0; at < count; at++) {
      const angle = Math.PI * (0.14 + (0.72 * at) / (count - 1));
      const isMine = row === 2 && at === 7;
      // A fixed scatter: the same hall at every visit, and no two neighbours that go together.
      const order = (row * 37 + at * 53 + ((at * row) % 7) * 17) % 100;
      const look = isMine ? "mine" : order < 62 ? "going" : "plain";
      seats.push({
        x: Math.round(200 - radius * Math.cos(angle)),
        y: Math.round(radius * Math.sin(angle) - 34),
        delay: order * 110,
        look,
      });
    }
  }
  return seats;
}

const SEATS = drawSeats();

export function HallArt() {
  return (
    <svg class="hall-art" viewBox="-34 -8 468 224" aria-hidden="true">
      <path class="hall-art-stage" d="M136 8h128l-14 22H150z" />
      {SEATS.map(({ x, y, delay, look }) => (
        <circle
          key={`${x}.${y}`}
          cx={x}
          cy={y}
          r={look === "mine" ? 9 : 7}
          data-look={look}
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </svg>
  );
}
