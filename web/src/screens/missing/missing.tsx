// The page for an address that leads nowhere.
import { refusalOf } from "#/i18n/refusals";
import { m } from "#/i18n/words";
import { closeRace, openAgain, refused } from "#/store/current";
import { goTo } from "#/store/route";
import { Button } from "#/ui/button";
import { Cluster } from "#/ui/cluster";
import { StepHeading } from "#/ui/heading";
import { Stage } from "#/ui/stage";
import "./missing.css";

type MissingProps = { why: "page" | "server" };

function goHome(): void {
  closeRace();
  goTo("/");
}

function troubleWords(): [title: string, text: string] {
  const said = refused.value;
  return said ? [m.refused_title(), refusalOf(said)] : [m.oops_title(), m.oops_text()];
}

/** No such page, no such race, or no answer: an empty seat and the way out. */
export function Missing({ why }: MissingProps) {
  const isServer = why === "server";
  const [title, text] = isServer ? troubleWords() : [m.missing_title(), m.missing_text()];
  return (
    <main class="main" id="main">
      <Stage
        class="missing"
        go={
          <>
            {isServer && (
              <Button final look="primary" onPress={openAgain}>
                {m.oops_again()}
              </Button>
            )}
            <Button final look={isServer ? "plain" : "primary"} onPress={goHome}>
              {m.missing_home()}
            </Button>
          </>
        }
      >
        <Cluster filled={0} size={72} />
        <StepHeading>{title}</StepHeading>
        <p class="soft">{text}</p>
      </Stage>
    </main>
  );
}
