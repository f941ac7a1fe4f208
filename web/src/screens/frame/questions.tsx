// Questions before a visitor leaves or steps back.
import { m } from "#/i18n/words";
import { current, goToStep, question, stepBack } from "#/store/current";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { Dialog } from "#/ui/dialog";

async function leave(next: "report" | "home"): Promise<void> {
  const store = current.value;
  question.value = null;
  await store?.leave().catch(() => undefined);
  if (next === "home") goTo("/");
  else goToStep("done");
}

const stay = () => {
  question.value = null;
};

/** What is asked before something is lost. */
export function Questions() {
  const asked = question.value;
  const you = current.value?.state.value.you;
  if (!asked || !you) return null;
  if (asked.kind === "step-back") {
    return (
      <Dialog title={m.back_title()} words={<p>{m.back_text()}</p>} onClose={stay}>
        <Button final look="primary" onPress={stay}>
          {m.back_no()}
        </Button>
        <Button final onPress={() => void stepBack()}>
          {m.back_yes()}
        </Button>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={m.leave_title()}
      words={<p>{you.kind === "inside" ? m.leave_inside() : m.leave_queue()}</p>}
      onClose={stay}
    >
      <Button final look="primary" onPress={stay}>
        {m.leave_no()}
      </Button>
      <Button final onPress={() => void leave(asked.next)}>
        {m.leave_yes()}
      </Button>
    </Dialog>
  );
}
