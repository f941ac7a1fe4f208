// The door: the code of a ticket is typed or scanned, and the ticket says large how it stands.

import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import type { Why } from "#/api/client";
import { m } from "#/i18n/words";
import { canScan } from "#/platform/camera";
import { doorPath } from "#/store/address";
import { ticketCodeOf } from "#/store/door";
import { DoorReading } from "#/store/door-reading";
import { me } from "#/store/me";
import { goTo } from "#/store/route";
import { announceNow } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { useMe } from "../account/use-me";
import { PageHeading } from "../shows/returning";
import { ToldOrNot } from "../shows/told-or-not";
import { showRefusal } from "../shows/trouble";
import { DOOR_WORDS, DoorResult } from "./door-result";
import { Scanner } from "./scanner";
import "./door.css";

function wordsOf(why: Why): string {
  if (why === "away") return `${m.oops_title()}. ${m.oops_text()}`;
  switch (why.problem.code) {
    case "no-such-ticket":
      return m.door_unknown();
    case "ticket-used":
      return m.door_used();
    case "ticket-not-valid":
      return m.door_not_valid();
    default:
      return showRefusal(why);
  }
}

async function read(door: DoorReading, code: string): Promise<void> {
  const isShown = await door.read(code);
  const ticket = door.ticket.peek();
  if (isShown && ticket) announceNow(DOOR_WORDS[ticket.state]());
}

async function enter(door: DoorReading): Promise<void> {
  await door.enter();
  if (door.isLetIn.peek()) announceNow(m.door_let_in());
}

/** `code` is that of the ticket to show; empty where none was asked for. */
export function DoorPage({ code }: { code: string }) {
  const door = useMemo(() => new DoorReading(), []);
  const who = useMe();
  const field = useRef<HTMLInputElement>(null);
  const isTyped = useSignal(false);
  useEffect(() => {
    // Nobody counts as staff while the catalogue is away: then each ticket asks again.
    if (door.ticket.value && me.peek()?.is_administrator === false) void who.again();
  }, [door.ticket.value]);
  useEffect(() => {
    // What is read here also becomes the address: then it was asked for already.
    if (code !== "" && code !== door.code.peek()) void read(door, code);
  }, [code]);
  return (
    <div class="door">
      <PageHeading>{m.door_title()}</PageHeading>
      {door.code.value !== "" && <Shown {...{ door, who }} next={isTyped.value ? field : null} />}
      <Ask {...{ door, field, isTyped }} />
    </div>
  );
}

type ShownProps = {
  door: DoorReading;
  who: ReturnType<typeof useMe>;
  next: RefObject<HTMLInputElement | null> | null;
};

/** The ticket of a code, and the press that lets somebody in. */
function Shown({ door, who, next }: ShownProps) {
  const ticket = door.ticket.value;
  const why = door.trouble.value;
  return (
    <section class="door-shown">
      {ticket && <DoorResult ticket={ticket} isLetIn={door.isLetIn.value} next={next} />}
      {!ticket && !why && <Asking />}
      {why && (
        <p class="note" data-tone="danger" role="alert">
          {wordsOf(why)}
        </p>
      )}
      {ticket?.state === "valid" && <Enter door={door} who={who} />}
      {!ticket && why && (
        <Button onPress={() => void read(door, door.code.peek())}>{m.oops_again()}</Button>
      )}
    </section>
  );
}

/** As large as what comes, so that the camera below stays where it is. */
function Asking() {
  return (
    <div class="door-result door-asking" role="status">
      <svg class="door-shape" viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="44" />
      </svg>
      <p>{m.loading()}</p>
    </div>
  );
}

/** Who may let people in, as soon as that is known. */
function Enter({ door, who: { trouble, again } }: Omit<ShownProps, "next">) {
  return (
    <ToldOrNot told={me.value} trouble={trouble} onAgain={again}>
      {({ is_administrator }) =>
        is_administrator ? (
          <Button
            look="primary"
            size="large"
            wide
            final
            unready={door.isBusy.value}
            onPress={() => void enter(door)}
          >
            {m.door_enter()}
          </Button>
        ) : (
          <p class="note">{m.door_only_staff()}</p>
        )
      }
    </ToldOrNot>
  );
}

type AskProps = {
  door: DoorReading;
  field: RefObject<HTMLInputElement | null>;
  /** Whether the last code was typed, by a hand or by a scanner. */
  isTyped: Signal<boolean>;
};

/** The field for a code, and the camera where the browser can read with it. */
function Ask({ door, field, isTyped }: AskProps) {
  const id = useId();
  const trouble = useSignal("");
  const isScanning = useSignal(false);
  const take = (text: string, by: "hand" | "camera"): boolean => {
    const code = ticketCodeOf(text);
    const isBusy = door.isEntering.peek();
    trouble.value = isBusy ? m.door_busy() : code === null ? m.door_no_code() : "";
    if (isBusy || code === null) return false;
    isTyped.value = by === "hand";
    void read(door, code);
    goTo(doorPath(code), "replace");
    return true;
  };
  return (
    <form
      class="card door-ask"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const typed = field.current;
        if (!typed) return;
        if (take(typed.value, "hand")) typed.value = "";
        // The next code takes the place of what was wrong, also if a scanner types it.
        typed.select();
        typed.focus();
      }}
    >
      <label for={id} class="legend">
        {m.door_field()}
      </label>
      <input
        ref={field}
        id={id}
        class="input"
        type="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="go"
        aria-describedby={`${id}-said`}
      />
      <p id={`${id}-said`} class="door-trouble" role="alert">
        {trouble}
      </p>
      <div class="door-go">
        <Button submit look="primary">
          {m.door_show()}
        </Button>
        {canScan() && (
          <Button
            onPress={() => {
              isScanning.value = !isScanning.value;
            }}
          >
            {isScanning.value ? m.door_scan_stop() : m.door_scan()}
          </Button>
        )}
      </div>
      {isScanning.value && <Scanner onCode={(text) => void take(text, "camera")} />}
      {!canScan() && <p class="soft small">{m.door_phone()}</p>}
    </form>
  );
}
