// A QR code, drawn as one path. Always dark on white, in dark pages too: cameras read no other.
import { useMemo } from "preact/hooks";
import { encode } from "uqr";

/** How many light squares stand around it, so that a camera finds its edge. */
const BORDER = 3;

function pathOf(rows: readonly (readonly boolean[])[]): string {
  let path = "";
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      const from = x;
      while (row[x]) x++;
      if (x > from) path += `M${from} ${y}h${x - from}v1H${from}z`;
    }
  }
  return path;
}

export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: side } = encode(text, { ecc: "M", border: BORDER });
    return { size: side, path: pathOf(data) };
  }, [text]);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} rx="2" fill="#fff" />
      <path d={path} fill="#17101f" shape-rendering="crispEdges" />
    </svg>
  );
}
