// A notice over whatever screen one looks at, with a way to what it is about.
import { useEffect } from "preact/hooks";
import { m } from "#/i18n/words";
import { after } from "#/platform/time";
import { follow } from "#/store/route";
import { IconButton } from "#/ui/button";

/** In a race a notice goes by itself: there is no hand free for it. */
const PASSING_MS = 6_000;

type NoticeProps = {
  label: string;
  words: string;
  /** What the way to it is called, and where it leads. */
  go: string;
  href: string;
  isInRace: boolean;
  onClose: () => void;
};

export function Notice({ label, words, go, href, isInRace, onClose }: NoticeProps) {
  useEffect(() => (isInRace ? after(PASSING_MS, onClose) : undefined), [isInRace]);
  return (
    <section class="reminder" aria-label={label} data-passing={isInRace || undefined}>
      <p>{words}</p>
      {!isInRace && (
        <>
          <a
            class="button"
            href={href}
            onClick={(event) => {
              onClose();
              follow(event);
            }}
          >
            {go}
          </a>
          <IconButton icon="close" label={m.reminder_close()} onPress={onClose} />
        </>
      )}
    </section>
  );
}
