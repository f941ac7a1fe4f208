// A field that keeps only some of what is typed, and lets a keyboard compose in peace.
import type { InputHTMLAttributes, RefObject } from "preact";

type Props = InputHTMLAttributes<HTMLInputElement> & {
  field?: RefObject<HTMLInputElement | null>;
  /** What of a text stays in the field. A part of a text keeps what it keeps within the whole. */
  keep: (typed: string) => string;
  /** Hears what stays, and all that was typed. */
  onTyped: (kept: string, typed: string) => void;
};

/**
 * The field owns its text: nothing writes into it but a keyboard, and this component once nothing is composed.
 * A keyboard that composes keeps the letters itself until they are done, and types them again after any change.
 */
export function KeptInput({ field, keep, onTyped, ...attributes }: Props) {
  const take = (input: HTMLInputElement, isComposing: boolean) => {
    onTyped(keep(input.value), input.value);
    if (!isComposing) settle(input, keep);
  };
  return (
    <input
      {...attributes}
      ref={field ?? null}
      onInput={(event) => take(event.currentTarget, event.isComposing)}
      onCompositionEnd={(event) => take(event.currentTarget, false)}
      onBlur={(event) => settle(event.currentTarget, keep)}
    />
  );
}

// Drops what does not stay and leaves the cursor behind the same character.
function settle(input: HTMLInputElement, keep: Props["keep"]): void {
  const { value, selectionStart } = input;
  const kept = keep(value);
  if (kept === value) return;
  const cursor = keep(value.slice(0, selectionStart ?? value.length)).length;
  input.value = kept;
  input.setSelectionRange(cursor, cursor);
}
