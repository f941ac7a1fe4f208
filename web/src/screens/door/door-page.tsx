// The door: the code of a ticket is typed or scanned, and the ticket says large how it stands.
import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { DoorTicket } from "#/api/account-types";
import { Refused } from "#/api/client";
import { enterTicket, getTicket } from "#/api/door";
import { m } from "#/i18n/words";
import { canScan } from "#/platform/camera";
import { doorPath } from "#/store/address";
import { ticketCodeOf } from "#/store/door";
import { me } from "#/store/me";
import { goTo } from "#/store/route";
import { announceNow } from "#/ui/announcer";
import { Button } from "#/ui/button";
import { useMe } from "../account/use-me";
import { PageHeading } from "../shows/returning";
import { showRefusal } from "../shows/trouble";
import { DOOR_WORDS, DoorResult } from "./door-result";
import { Scanner } from "./scanner";
import "./door.css";

function refusalWords(error: unknown): string {
  if (!(error instanceof Refused)) return `${m.oops_title()}. ${m.oops_text()}`;
  switch (error.problem.code) {
    case "no-such-ticket":
      return m.door_unknown();
    case "ticket-used":
      return m.door_used();
    case "ticket-not-valid":
      return m.door_not_valid();
    default:
      return showRefusal(error);
  }
}

/** `code` is that of the ticket to show; empty where none was asked for. */
export function DoorPage({ code }: { code: string }) {
  useMe();
  return (
    <div class="door">
      <PageHeading>{m.door_title()}</PageHeading>
      {code !== "" && <Shown code={code} />}
      <Ask />
    </div>
  );
}

/** The ticket of a code, and the press that lets somebody in. */
function Shown({ code }: { code: string }) {
  const ticket = useSignal<DoorTicket | null>(null);
  const trouble = useSignal("");
  const isBusy = useSignal(false);
  const isLetIn = useSignal(false);
  const ask = async (work: (code: string) => Promise<DoorTicket>) => {
    if (isBusy.value) return;
    isBusy.value = true;
    trouble.value = "";
    try {
      ticket.value = await work(code);
      isLetIn.value = work === enterTicket;
      announceNow(isLetIn.value ? m.door_let_in() : DOOR_WORDS[ticket.value.state]());
    } catch (error) {
      trouble.value = refusalWords(error);
      // Somebody else may have let them in meanwhile: the ticket says when.
      if (work === enterTicket) ticket.value = await getTicket(code).catch(() => ticket.value);
    } finally {
      isBusy.value = false;
    }
  };
  useEffect(() => void ask(getTicket), []);
  const told = ticket.value;
  return (
    <section class="door-shown">
      {told && <DoorResult ticket={told} isLetIn={isLetIn.value} />}
      {!told && !trouble.value && (
        <p class="note" role="status">
          {m.loading()}
        </p>
      )}
      {trouble.value && (
        <p class="note" data-tone="danger" role="alert">
          {trouble}
        </p>
      )}
      {told?.state === "valid" &&
        (me.value?.is_administrator ? (
          <Button
            look="primary"
            size="large"
            wide
            final
            unready={isBusy.value}
            onPress={() => void ask(enterTicket)}
          >
            {m.door_enter()}
          </Button>
        ) : (
          <p class="note">{m.door_only_staff()}</p>
        ))}
      {!told && trouble.value && (
        <Button unready={isBusy.value} onPress={() => void ask(getTicket)}>
          {m.oops_again()}
        </Button>
      )}
    </section>
  );
}

/** The field for a code, and the camera where the browser can read with it. */
function Ask() {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const trouble = useSignal("");
  const isScanning = useSignal(false);
  const take = (text: string): boolean => {
    const code = ticketCodeOf(text);
    trouble.value = code === null ? m.door_no_code() : "";
    if (code === null) return false;
    goTo(doorPath(code), "replace");
    return true;
  };
  return (
    <form
      class="card door-ask"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (field.current && take(field.current.value)) field.current.value = "";
        else field.current?.focus();
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
      {isScanning.value && <Scanner onCode={take} />}
      {!canScan() && <p class="soft small">{m.door_phone()}</p>}
    </form>
  );
}
