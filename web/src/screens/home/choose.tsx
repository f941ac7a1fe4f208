// The choice of hall, demand and style, and one button for what they make.
import { useSignal } from "@preact/signals";
import { m } from "#/i18n/words";
import { catalogue } from "#/store/library";
import { Button } from "#/ui/button";
import { type Choice, firstChoice, Picks } from "./picks";
import { isStarting, start } from "./start";

export function Choose() {
  const picked = useSignal<Choice | null>(null);
  const known = catalogue.value;
  if (!known) return null;
  const choice = picked.value ?? firstChoice(known);
  const pick = (made: Choice) => {
    picked.value = made;
  };
  return (
    <section class="home-part">
      <h2>{m.home_choose()}</h2>
      <Picks known={known} choice={choice} onPick={pick} />
      <Button wide final size="large" unready={isStarting.value} onPress={() => void start(choice)}>
        {m.home_go()}
      </Button>
    </section>
  );
}
