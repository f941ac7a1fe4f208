// A list of openings that is empty, with a way to where there is something.
import { m } from "#/i18n/words";
import { follow } from "#/store/route";
import { Nothing } from "./cards";

export const LISTS = ["soon", "on-sale"] as const;
export type ListName = (typeof LISTS)[number];

export const pathOf = (list: ListName) => (list === "soon" ? "/shows" : `/shows?list=${list}`);

export function NoShows({ name }: { name: ListName }) {
  const isSoon = name === "soon";
  return (
    <Nothing title={isSoon ? m.show_none_soon() : m.show_none_on_sale()}>
      <a class="button" href={isSoon ? "/calendar" : pathOf("soon")} onClick={follow}>
        {isSoon ? m.nav_calendar() : m.show_list_soon()}
      </a>
    </Nothing>
  );
}
