// A picture that one cannot do without: if it is lost or does not come, that is said, and it is fetched again.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { after } from "#/platform/time";
import { onWake } from "#/platform/wake";
import "./sure-image.css";

/** A picture that has not come in this time is asked for again. */
const SILENCE_MS_MAX = 5_000;
const REST_MS = 1_000;

type SureImageProps = {
  src: string;
  alt: string;
  width: number;
  height: number;
  /** What is said in its place once it had to be asked for again. */
  againWords: string;
};

/** Each try has an address of its own: a browser would go on waiting for one that it has asked for. */
export function SureImage({ src, alt, width, height, againWords }: SureImageProps) {
  const shown = useSignal<string | null>(null);
  const tries = useSignal(0);
  const tried = tries.value;
  const isThere = shown.value === src;
  const tryAgain = () => {
    tries.value = tried + 1;
  };
  useEffect(() => {
    if (isThere) return undefined;
    const stops = [after(SILENCE_MS_MAX, tryAgain), onWake(tryAgain)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [src, tried, isThere]);
  return (
    <span
      class="sure-image"
      style={{ aspectRatio: `${width} / ${height}`, maxWidth: `${width}px` }}
    >
      <img
        key={`${src} ${tried}`}
        src={tried === 0 ? src : `${src}?try=${tried}`}
        alt={alt}
        width={width}
        height={height}
        onLoad={() => {
          shown.value = src;
        }}
        onError={() => after(REST_MS, tryAgain)}
      />
      {!isThere && tried > 0 && (
        <span class="sure-image-words" role="status">
          {againWords}
        </span>
      )}
    </span>
  );
}
