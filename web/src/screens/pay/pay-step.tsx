// The frame of the three steps of paying.
import type { ComponentChildren } from "preact";
import { m } from "#/i18n/words";
import { putQuestion } from "#/store/current";
import { Button } from "#/ui/button";
import { StepHeading } from "#/ui/heading";
import { Window } from "../window";
import { Summary } from "./summary";

type PayStepProps = {
  title: string;
  children: ComponentChildren;
  next: string;
  isReady: boolean;
  trouble: string | null;
  onNext: () => void;
};

/** What the steps of paying share: the order, a form, one button on, one step back that costs the seats. */
export function PayStep({ title, children, next, isReady, trouble, onNext }: PayStepProps) {
  return (
    <Window
      onSubmit={onNext}
      go={
        <>
          <p class="pay-trouble" role="alert">
            {trouble}
          </p>
          <div class="pay-go">
            <Button final onPress={() => putQuestion({ kind: "step-back" })}>
              {m.pay_back()}
            </Button>
            <Button submit final look="primary" unready={!isReady}>
              {next}
            </Button>
          </div>
        </>
      }
    >
      <StepHeading>{title}</StepHeading>
      {children}
      <Summary />
    </Window>
  );
}
