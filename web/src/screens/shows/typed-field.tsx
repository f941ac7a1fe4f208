// A field for words to look for.
import { useLayoutEffect, useRef } from "preact/hooks";
import { WORDS_MAX } from "#/store/shows/search-address";

type TypedFieldProps = {
  label?: string;
  name?: string;
  hint?: string;
  value: string;
  onTyped: (text: string) => void;
};

/**
 * A field that owns its text: a keyboard that composes Korean letters types them again after any change from outside.
 * So only what comes of something else than typing, as of the way back, is written into it.
 */
export function TypedField({ label, name, hint, value, onTyped }: TypedFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const typed = useRef(value);
  useLayoutEffect(() => {
    if (!field.current || typed.current.trim() === value) return;
    typed.current = value;
    field.current.value = value;
  }, [value]);
  return (
    <input
      ref={field}
      class="input"
      type="search"
      name={name}
      aria-label={label}
      placeholder={hint}
      maxLength={WORDS_MAX}
      defaultValue={value}
      enterkeyhint="search"
      autocomplete="off"
      onInput={({ currentTarget }) => {
        typed.current = currentTarget.value;
        onTyped(currentTarget.value);
      }}
    />
  );
}
