// What the server was asked for: what it told, or why it has not yet. What is not known is never shown as none.
import type { ComponentChildren } from "preact";
import type { Why } from "#/api/client";
import { m } from "#/i18n/words";
import { Trouble } from "./trouble";

type ToldOrNotProps<T> = {
  /** Null before the server has told. */
  told: T | null;
  /** Why it has not told, if it was asked and did not. */
  trouble: Why | null;
  onAgain: () => void;
  children: (told: T) => ComponentChildren;
};

export function ToldOrNot<T>({ told, trouble, onAgain, children }: ToldOrNotProps<T>) {
  if (told !== null) return children(told);
  if (trouble) return <Trouble trouble={trouble} onAgain={onAgain} />;
  return (
    <p class="soft" role="status">
      {m.loading()}
    </p>
  );
}
