// The field for a nickname, and what is wrong with what was typed.
import { signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useId, useMemo } from "preact/hooks";
import { FAULT_WORDS } from "#/i18n/rooms";
import { m } from "#/i18n/words";
import { recall, remember } from "#/platform/storage";
import { readName } from "#/store/names";

/** What is typed, and the word about it. The last name that was taken is kept in this browser. */
export function useName() {
  return useMemo(() => {
    const typed = signal(recall("name") ?? "");
    const fault = signal("");
    const field: RefObject<HTMLInputElement | null> = { current: null };
    /** The name, if it can be taken; else says why not. */
    const take = (): string | null => {
      const read = readName(typed.value);
      fault.value = "fault" in read ? FAULT_WORDS[read.fault]() : "";
      if ("fault" in read) {
        field.current?.focus();
        return null;
      }
      remember("name", read.name);
      return read.name;
    };
    return { typed, fault, field, take };
  }, []);
}

type NameFieldProps = { of: ReturnType<typeof useName> };

export function NameField({ of: { typed, fault, field } }: NameFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="legend">
        {m.room_name()}
      </label>
      <input
        ref={field}
        id={id}
        class="input"
        type="text"
        autocomplete="off"
        enterkeyhint="go"
        defaultValue={typed.peek()}
        aria-invalid={fault.value !== "" || undefined}
        aria-describedby={`${id}-hint`}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          fault.value = "";
        }}
      />
      <p id={`${id}-hint`} class="small soft">
        {m.room_name_hint()}
      </p>
      <p class="room-trouble" role="alert">
        {fault}
      </p>
    </div>
  );
}
