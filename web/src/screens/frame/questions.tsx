// Questions before a visitor leaves or steps back.
import { Refused } from "#/api/client";
import { m } from "#/i18n/words";
import { current, goToStep, stepBack } from "#/store/current";
import type { RaceStore } from "#/store/race";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";
import { wordsOf } from "../refusals";

/** Leaves the race; `next` is where one goes then. */
export async function leave(store: RaceStore, next: "report" | "home"): Promise<void> {
  store.question.value = null;
  try {
    await store.leave();
  } catch (error) {
    store.toast.say(wordsOf(error, store));
    // A refusal tells how the race stands, and the page follows it; silence tells nothing, and one stays.
    if (!(error instanceof Refused)) return;
  }
  if (store !== current.value) return;
  if (next === "home") goTo("/");
  else goToStep("done", store);
}

async function goBack(store: RaceStore): Promise<void> {
  await stepBack(store).catch((error) => store.toast.say(wordsOf(error, store)));
}

/** What is asked before something is lost. */
export function Questions() {
  const store = current.value;
  const asked = store?.question.value;
  if (!store || !asked) return null;
  const stay = () => {
    store.question.value = null;
  };
  if (asked.kind === "step-back") {
    return (
      <Dialog title={m.back_title()} words={<p>{m.back_text()}</p>} onClose={stay}>
        <Button final look="primary" onPress={stay}>
          {m.back_no()}
        </Button>
        <Button final onPress={() => void goBack(store)}>
          {m.back_yes()}
        </Button>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={m.leave_title()}
      words={<p>{store.inside.value ? m.leave_inside() : m.leave_queue()}</p>}
      onClose={stay}
    >
      <Button final look="primary" onPress={stay}>
        {m.leave_no()}
      </Button>
      <Button final onPress={() => void leave(store, asked.next)}>
        {m.leave_yes()}
      </Button>
    </Dialog>
  );
}
