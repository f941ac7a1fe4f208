// The address of a performance: it leads to the page of its concert, where the performance is picked.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Why, whyOf } from "#/api/client";
import { getPerformance } from "#/api/shows";
import { m } from "#/i18n/words";
import { concertPath } from "#/store/address";
import { goTo } from "#/store/route";
import { Waiting } from "../waiting";
import { NoConcert } from "./concert-page";
import { PageHeading } from "./returning";
import { isGone, Trouble } from "./trouble";

export function PerformanceWay({ id }: { id: string }) {
  const trouble = useSignal<Why | null>(null);
  const go = async (isHere: () => boolean) => {
    trouble.value = null;
    try {
      const { concert } = await getPerformance(id);
      const picked = new URLSearchParams({ performance: id });
      if (isHere()) goTo(`${concertPath(concert)}?${picked}`, "replace");
    } catch (error) {
      if (isHere()) trouble.value = whyOf(error);
    }
  };
  useEffect(() => {
    let isHere = true;
    void go(() => isHere);
    return () => {
      isHere = false;
    };
  }, [id]);
  const why = trouble.value;
  if (!why) return <Waiting label={m.loading()} what={m.concert_waiting()} />;
  if (isGone(why)) return <NoConcert />;
  return (
    <>
      <PageHeading>{m.oops_title()}</PageHeading>
      <Trouble trouble={why} onAgain={() => void go(() => true)} />
    </>
  );
}
