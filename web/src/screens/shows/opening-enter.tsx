// The ways in: the real opening, and a rehearsal that is like it.
import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Refused } from "#/api/client";
import { rehearse } from "#/api/rehearse";
import type { Performance, Stage } from "#/api/show-types";
import { enterOpening } from "#/api/shows";
import type { RaceView } from "#/api/types";
import { m } from "#/i18n/words";
import { remember } from "#/platform/storage";
import { performancePath } from "#/store/address";
import { me } from "#/store/me";
import { EVER_ENTERED } from "#/store/shows/ever-liked";
import { Button } from "#/ui/button";
import { LogInButtons } from "../account/log-in";
import { useMe } from "../account/use-me";
import { begin, forgetTrouble, isStarting } from "../home/start";
import { StartTrouble } from "../home/start-trouble";
import { mapPart, racePart } from "../parts";
import { showRefusal } from "./trouble";

function enterIt(performance: string): Promise<RaceView> {
  remember(EVER_ENTERED, "yes");
  return enterOpening(performance);
}

const ENTER_WORDS: Partial<Record<Stage, () => string>> = {
  lobby: m.opening_enter_lobby,
  open: m.opening_enter,
  "sold-out": m.opening_enter_sold_out,
};

type EnterButtonsProps = { performance: Performance; stage: Stage };

export function EnterButtons({ performance, stage }: EnterButtonsProps) {
  const isBusy = useComputed(() => isStarting.value).value;
  useMe();
  useEffect(() => {
    // Seconds count from the press on.
    void racePart.fetch();
    void mapPart.fetch();
  }, []);
  useEffect(() => forgetTrouble, [performance.id]);
  const isStranger = useSignal(false);
  const go = (ask: (performance: string) => Promise<RaceView>) => {
    isStranger.value = false;
    void begin(async () => {
      try {
        return await ask(performance.id);
      } catch (error) {
        isStranger.value = error instanceof Refused && error.problem.code === "login-needed";
        throw error;
      }
    }, showRefusal);
  };
  const enter = ENTER_WORDS[stage];
  // Whom the server would send away is told before.
  const isGuest = me.value !== null && me.value.account === null;
  const needsLogIn = isStranger.value || (isGuest && !performance.opening.guests_may_enter);
  return (
    <div class="opening-go">
      {enter && needsLogIn && (
        <>
          <p class="note">{m.show_refused_login()}</p>
          <LogInButtons to={performancePath(performance.id)} />
        </>
      )}
      {enter && !needsLogIn && (
        <Button look="primary" size="large" wide final unready={isBusy} onPress={() => go(enterIt)}>
          {isBusy ? m.open_entering() : enter()}
        </Button>
      )}
      <Button
        look={enter ? "plain" : "primary"}
        size={enter ? "plain" : "large"}
        wide
        final
        unready={isBusy}
        onPress={() => go(rehearse)}
      >
        {isBusy && !enter ? m.home_starting() : m.opening_rehearse()}
      </Button>
      {!needsLogIn && <StartTrouble />}
    </div>
  );
}
