// The mark: a cluster of round seats. Filled to a share, it tells how far something has come.
import "./cluster.css";

const GRAPES: readonly [x: number, y: number][] = [
  [20, 62],
  [12, 48],
  [28, 48],
  [4, 34],
  [20, 34],
  [36, 34],
];

type ClusterProps = { filled?: number; loading?: boolean; size?: number };

export function Cluster({ filled = 1, loading, size = 28 }: ClusterProps) {
  return (
    <svg
      class="cluster"
      data-loading={loading || undefined}
      width={size}
      height={size * 1.4}
      viewBox="-4 14 48 58"
      aria-hidden="true"
    >
      <path class="cluster-stalk" d="M20 26c0-6 2-9 7-11" />
      {GRAPES.map(([cx, cy], index) => (
        <circle
          key={cy * 100 + cx}
          class="cluster-grape"
          data-filled={index < Math.round(filled * GRAPES.length) || undefined}
          style={{ animationDelay: `${index * 140}ms` }}
          cx={cx}
          cy={cy}
          r="7"
        />
      ))}
    </svg>
  );
}
