// The offer to install the page as an app, once somebody has finished a race; or why this address does not allow it.
import { m } from "#/i18n/words";
import { declineInstalling, install, installing } from "#/store/app";
import { Button } from "#/ui/button";

const WORDS = {
  press: m.install_text,
  menu: m.install_menu,
  insecure: m.install_insecure,
} as const;

export function InstallCard() {
  const way = installing.value;
  if (!way) return null;
  return (
    <section class="home-part card install">
      <h2>{way === "insecure" ? m.install_insecure_title() : m.install_title()}</h2>
      <p class="soft">{WORDS[way]()}</p>
      <div class="install-go">
        {way === "press" && (
          <Button look="primary" onPress={() => void install()}>
            {m.install_yes()}
          </Button>
        )}
        <Button look={way === "press" ? "quiet" : "plain"} onPress={declineInstalling}>
          {way === "press" ? m.install_no() : m.install_read()}
        </Button>
      </div>
    </section>
  );
}
