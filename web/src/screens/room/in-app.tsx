// For browsers inside chat apps: a code by which the visitor's own browser goes on from here.
import { useComputed, useSignal } from "@preact/signals";
import type { HandOver } from "#/api/room-types";
import { handOver } from "#/api/rooms";
import { APP_WORDS } from "#/i18n/rooms";
import { m, wholeSpan } from "#/i18n/words";
import { currentApp } from "#/platform/in-app";
import { host } from "#/platform/sharing";
import { second, serverNow } from "#/store/clock";
import { Button } from "#/ui/button";
import { useDoing } from "./doing";
import { Trouble } from "./trouble";

type Given = HandOver & { untilMs: number };

/** Nothing in a browser of its own. */
export function InAppNote({ path }: { path: string }) {
  const app = currentApp();
  return app && <Note app={APP_WORDS[app]()} path={path} />;
}

function Note({ app, path }: { app: string; path: string }) {
  const given = useSignal<Given | null>(null);
  const doing = useDoing();
  const get = () =>
    doing.run(async () => {
      const code = await handOver(path);
      given.value = { ...code, untilMs: serverNow() + code.good_for_s * 1_000 };
    });
  return (
    <section class="note in-app" data-tone="warn">
      <h2>{m.inapp_title({ app })}</h2>
      <p>{m.inapp_text()}</p>
      {given.value ? (
        <Code given={given.value} onAgain={() => void get()} />
      ) : (
        <Button unready={doing.isBusy.value} onPress={() => void get()}>
          {m.inapp_get()}
        </Button>
      )}
      <Trouble of={doing} />
    </section>
  );
}

function Code({ given, onAgain }: { given: Given; onAgain: () => void }) {
  const left = useComputed(() => Math.max(0, Math.ceil((given.untilMs - second.value) / 1_000)));
  if (left.value === 0) {
    return (
      <>
        <p role="status">{m.inapp_ended()}</p>
        <Button onPress={onAgain}>{m.inapp_get()}</Button>
      </>
    );
  }
  const { code } = given;
  return (
    <>
      <p>{m.inapp_how({ address: `${host()}/handover` })}</p>
      <p class="in-app-code">
        <b>
          {code.slice(0, 4)} {code.slice(4)}
        </b>{" "}
        <span>{m.inapp_left({ span: wholeSpan(left.value) })}</span>
      </p>
    </>
  );
}
