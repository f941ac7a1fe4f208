// What the camera sees, while it looks for a code.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { m } from "#/i18n/words";
import { scan } from "#/platform/camera";
import { localNow } from "#/platform/time";
import { Sight } from "#/store/door";

export function Scanner({ onCode }: { onCode: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const isDenied = useSignal(false);
  useEffect(() => {
    let isHere = true;
    let stop = () => undefined as void;
    const sight = new Sight();
    const see = (text: string) => {
      if (sight.isNew(text, localNow())) onCode(text);
    };
    if (video.current)
      void scan(video.current, see).then(
        (stopping) => {
          if (isHere) stop = stopping;
          else stopping();
        },
        () => {
          isDenied.value = true;
        },
      );
    return () => {
      isHere = false;
      stop();
    };
  }, []);
  if (isDenied.value)
    return (
      <p class="note" data-tone="warn" role="alert">
        {m.door_no_camera()}
      </p>
    );
  return <video ref={video} class="door-video" muted playsInline aria-label={m.door_camera()} />;
}
