// How much of the hall is gone, in words and as a bar of two parts.
import { m, number, share } from "#/i18n/words";
import { sharesOf, type Taken } from "./taken-of";
import "./taken.css";

/** One entry of a `dl`: the seats left, and under it what of the others is paid for and what is only held. */
export function TakenFact({ taken }: { taken: Taken }) {
  return (
    <div class="taken" data-none={taken.free === 0 || undefined}>
      <dt>{m.taken_left()}</dt>
      <dd>
        <b>{taken.free === 0 ? m.taken_none() : m.map_seats({ count: number(taken.free) })}</b>
        <TakenBar taken={taken} />
      </dd>
    </div>
  );
}

/** What is paid for and what is only held, as a bar of two parts and in words. */
export function TakenBar({ taken }: { taken: Taken }) {
  const { paid, held } = sharesOf(taken);
  return (
    <>
      <span class="taken-bar" aria-hidden="true">
        <span data-part="paid" style={{ width: `${paid * 100}%` }} />
        <span data-part="held" style={{ width: `${held * 100}%` }} />
      </span>
      <small class="taken-words">{m.taken_shares({ paid: share(paid), held: share(held) })}</small>
    </>
  );
}
