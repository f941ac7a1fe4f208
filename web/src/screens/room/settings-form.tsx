// The settings of a room: hall, demand, style, and how it starts.
import { useId } from "preact/hooks";
import type { Catalogue } from "#/api/types";
import { m, wholeSpan } from "#/i18n/words";
import { Cards } from "#/ui/cards";
import { Picks } from "../home/picks";
import { COUNTDOWNS_S, type Draft } from "./settings";

type SettingsProps = { known: Catalogue; draft: Draft; onChange: (draft: Draft) => void };

export function SettingsForm({ known, draft, onChange }: SettingsProps) {
  return (
    <>
      <Picks
        known={known}
        choice={draft.choice}
        onPick={(choice) => onChange({ ...draft, choice })}
      />
      <StartForm draft={draft} onChange={onChange} />
    </>
  );
}

function StartForm({ draft, onChange }: Omit<SettingsProps, "known">) {
  const id = useId();
  return (
    <>
      <Cards
        legend={m.room_start_legend()}
        picked={draft.start}
        onPick={(name) => onChange({ ...draft, start: name === "at" ? "at" : "button" })}
        options={[
          { name: "button", title: m.room_start_button(), detail: m.room_start_button_text() },
          { name: "at", title: m.room_start_at(), detail: m.room_start_at_text() },
        ]}
      />
      <div class="room-fields">
        {draft.start === "at" && (
          <div class="field">
            <label for={`${id}-time`} class="legend">
              {m.room_start_time()}
            </label>
            <input
              id={`${id}-time`}
              class="input"
              type="time"
              value={draft.time}
              onInput={(event) => onChange({ ...draft, time: event.currentTarget.value })}
            />
          </div>
        )}
        <div class="field">
          <label for={`${id}-countdown`} class="legend">
            {m.room_countdown()}
          </label>
          <select
            id={`${id}-countdown`}
            class="input"
            value={String(draft.countdownS)}
            onChange={(event) =>
              onChange({ ...draft, countdownS: Number(event.currentTarget.value) })
            }
          >
            {COUNTDOWNS_S.map((seconds) => (
              <option key={seconds} value={String(seconds)}>
                {wholeSpan(seconds)}
              </option>
            ))}
          </select>
        </div>
      </div>
    </>
  );
}
