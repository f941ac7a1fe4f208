// The picture of a captcha: asked for again until it has come.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { captchaImage } from "#/api/client";
import { m } from "#/i18n/words";
import { after } from "#/platform/time";
import { Button, IconButton } from "#/ui/button";
import { useRace } from "../with-race";

/** A picture that has not come after this long is taken for lost. */
const LOST_MS = 8_000;
/** After this long a lost picture is asked for again. */
const AGAIN_MS = 2_000;

type PictureProps = { onListen: () => void; onRenew: () => void };

/** The picture, and beside it the ways to hear it and to get another one. */
export function Picture({ onListen, onRenew }: PictureProps) {
  const store = useRace();
  const challenge = store.inside.value?.challenge ?? 0;
  return (
    <div class="captcha-picture">
      <Image key={challenge} challenge={challenge} />
      <div class="captcha-tools">
        <IconButton icon="sound" label={m.captcha_listen()} onPress={onListen} />
        <IconButton icon="renew" label={m.captcha_renew()} onPress={onRenew} />
      </div>
    </div>
  );
}

function Image({ challenge }: { challenge: number }) {
  const store = useRace();
  const tried = useSignal(0);
  const is = useSignal<"coming" | "here" | "lost">("coming");
  const ask = () => {
    tried.value++;
    is.value = "coming";
  };
  useEffect(() => {
    if (is.value === "here") return;
    if (is.value === "coming") {
      return after(LOST_MS, () => {
        is.value = "lost";
      });
    }
    // Another tab may have asked for another picture: then that one is shown instead.
    void store.refreshRace().catch(() => undefined);
    return after(AGAIN_MS, ask);
  }, [is.value, tried.value]);
  const address = captchaImage(store.id, challenge);
  return (
    <div class="captcha-image" data-is={is.value}>
      <img
        src={tried.value === 0 ? address : `${address}?again=${tried.value}`}
        alt={m.captcha_image()}
        width="260"
        height="86"
        onLoad={() => {
          is.value = "here";
        }}
        onError={() => {
          is.value = "lost";
        }}
      />
      <div class="captcha-lost" role="status">
        {is.value === "lost" && (
          <>
            <p>{m.captcha_failed()}</p>
            <Button onPress={ask}>{m.captcha_again()}</Button>
          </>
        )}
      </div>
    </div>
  );
}
