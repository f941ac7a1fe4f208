// Starts the page: settings, clock, address and race, then what is seen of them.
import { render } from "preact";
import "#/ui/tokens.css";
import "#/ui/base.css";
import "#/ui/controls.css";
import { startKeepingAwake } from "#/platform/awake";
import { watchRoom } from "#/platform/room";
import { startWaking } from "#/platform/wake";
import { startApp } from "#/store/app";
import { startTicking, syncClock } from "#/store/clock";
import { startSteering } from "#/store/current";
import { watchLine } from "#/store/line";
import { startRouting } from "#/store/route";
import { startSettings } from "#/store/settings";
import { guardPresses } from "#/ui/press";
import { startTitle } from "#/ui/title";
import { App } from "./app";

watchRoom();
guardPresses(document);
startWaking();
startKeepingAwake();
startSettings();
startApp();
watchLine();
startRouting();
startSteering();
startTitle();
startTicking();
void syncClock();

const root = document.getElementById("app");
if (root) {
  // What the page says while its script is on the way.
  root.replaceChildren();
  render(<App />, root);
}
