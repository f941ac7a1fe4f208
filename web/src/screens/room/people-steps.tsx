// Where everybody is in a race: a name, five seats that fill, and the step in words.
import type { WatchPerson } from "#/api/room-types";
import { wordsOfStep } from "#/i18n/rooms";
import { m, number } from "#/i18n/words";
import { behindOf, sortPeople, WAY } from "#/store/watching";

/** A name, or a number for who has given none. */
export const nameOf = ({ name, member }: { name: string | null; member: number }): string =>
  name ?? m.watch_member({ number: number(member + 1) });

type PeopleStepsProps = { people: readonly WatchPerson[]; more: number };

export function PeopleSteps({ people, more }: PeopleStepsProps) {
  return (
    <>
      <ul class="steps-list">
        {sortPeople(people).map((person) => (
          <li key={person.member} data-step={person.step}>
            <bdi class="steps-name">{nameOf(person)}</bdi>
            <span class="steps-way" aria-hidden="true">
              {Array.from({ length: WAY }, (_, at) => (
                <span key={at} data-filled={at < behindOf(person.step) || undefined} />
              ))}
            </span>
            <span class="steps-step">{wordsOfStep(person)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="soft small">{m.room_more({ count: number(more) })}</p>}
    </>
  );
}
