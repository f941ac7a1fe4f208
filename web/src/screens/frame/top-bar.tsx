// The bar at the top of all pages outside of a race: the mark, the parts of the site, the language.
import { m } from "#/i18n/words";
import { follow } from "#/store/route";
import { Cluster } from "#/ui/cluster";
import { LanguageSelect } from "./language-select";
import { Nav } from "./nav";

export function TopBar() {
  return (
    <header class="home-bar">
      <a class="home-mark" href="/" onClick={follow}>
        <Cluster size={26} />
        {m.brand()}
      </a>
      <Nav />
      <LanguageSelect />
    </header>
  );
}
