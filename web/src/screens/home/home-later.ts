// What the first page shows once the browser is idle, in one part: the last runs, the next open race, and the offer to install.
import "./home-later.css";

export { InstallCard } from "./install-card";
export { LastRuns } from "./last-runs";
export { NextOpenRace } from "./open-races";
