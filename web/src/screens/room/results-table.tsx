// The table of results: a row for each person, in the order that the reader chooses. On a phone each row is a card.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { ResultRow, Results } from "#/api/room-types";
import type { Plan } from "#/api/types";
import { ENDING_WORDS } from "#/i18n/endings";
import { namePlace } from "#/i18n/places";
import { COLUMN_WORDS, COST_WORDS } from "#/i18n/rooms";
import { findSeat } from "#/i18n/seats";
import { m, number, sectionName, span } from "#/i18n/words";
import { racePath, roomPath } from "#/store/address";
import {
  COLUMNS,
  type Column,
  FIRST_ORDER,
  latestOf,
  type Order,
  orderAfter,
  sortRows,
} from "#/store/results";
import { goTo } from "#/store/route";
import { language } from "#/store/settings";
import { Icon } from "#/ui/icons";
import { nameOf } from "./people-steps";

/** More rows would slow the page down, and the server sends no more; one's own is always among those shown. */
const SHOWN_MAX = 200;

type TableProps = {
  results: Results;
  code: string;
  /** The plan of the hall, once it is there: it has the names of sections in the reader's language. */
  plan: Plan | null;
};

export function ResultsTable({ results, code, plan }: TableProps) {
  const order = useSignal<Order>(FIRST_ORDER);
  const sorted = sortRows(results.rows, order.value);
  const shown = sorted.filter(({ you }, at) => at < SHOWN_MAX || you);
  const more = results.more + sorted.length - shown.length;
  const sort = (by: Column) => {
    order.value = orderAfter(order.value, by);
  };
  return (
    <section class="results-all">
      <SortSelect order={order.value} onSort={sort} />
      <table class="results-table">
        <caption class="small soft">{m.results_since()}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <Head key={column} column={column} order={order.value} onSort={sort} />
            ))}
            <th scope="col">{m.results_report()}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.member} row={row} results={results} code={code} plan={plan} />
          ))}
        </tbody>
      </table>
      {more > 0 && <p class="soft small">{m.room_more({ count: number(more) })}</p>}
    </section>
  );
}

type SortProps = { order: Order; onSort: (by: Column) => void };

/** On a phone the columns have no heads to press. */
function SortSelect({ order, onSort }: SortProps) {
  const id = useId();
  return (
    <div class="results-sort">
      <label for={id}>{m.results_sort_by()}</label>
      <select
        id={id}
        class="input"
        value={order.by}
        onChange={(event) => onSort(event.currentTarget.value as Column)}
      >
        {COLUMNS.map((column) => (
          <option key={column} value={column}>
            {COLUMN_WORDS[column]()}
          </option>
        ))}
      </select>
    </div>
  );
}

function Head({ column, order, onSort }: SortProps & { column: Column }) {
  const isSorted = order.by === column;
  const name = COLUMN_WORDS[column]();
  return (
    <th scope="col" aria-sort={isSorted ? (order.isDown ? "descending" : "ascending") : undefined}>
      <button type="button" class="results-head" onClick={() => onSort(column)}>
        {name}
        <span class="hidden">, {m.results_sort({ column: name })}</span>
        <span class="results-way" data-down={order.isDown || undefined} aria-hidden="true">
          {isSorted && <Icon name="next" />}
        </span>
      </button>
    </th>
  );
}

type RowProps = TableProps & { row: ResultRow };

function sectionOf({ seats, section }: ResultRow, plan: Plan | null): string | null {
  const place = plan && findSeat(plan, seats[0] ?? -1);
  return plan && place
    ? sectionName(plan, place.section)
    : section && namePlace(language.value, section);
}

function Row({ row, results, code, plan }: RowProps) {
  const { rows } = results;
  const section = sectionOf(row, plan);
  return (
    <tr data-you={row.you || undefined}>
      <th scope="row">
        <bdi>{nameOf(row)}</bdi> {row.you && <span class="tag">{m.room_you()}</span>}
      </th>
      <Cell column="ending">
        <span class="results-end">
          <span class="run-seat" data-won={row.ending === "paid" || undefined} />
          {row.ending ? ENDING_WORDS[row.ending]() : m.results_racing()}
        </span>
      </Cell>
      <Time column="press" ms={row.press_ms} latest={latestOf(rows, "press_ms")} />
      <Cell column="place">{row.place === null ? null : number(row.place)}</Cell>
      <Time column="first" ms={row.first_seat_ms} latest={latestOf(rows, "first_seat_ms")} />
      <Time column="held" ms={row.held_ms} latest={latestOf(rows, "held_ms")} />
      <Time column="paid" ms={row.paid_ms} latest={latestOf(rows, "paid_ms")} />
      <Cell column="seat">{section && m.results_seats({ section, count: row.seats.length })}</Cell>
      <Cell column="quality">
        {row.quality !== null && (
          <>
            {m.results_quality_of({ score: number(Math.round(row.quality * 100)) })}
            <Bar share={row.quality} />
          </>
        )}
      </Cell>
      <Cell column="cost">{row.cost && COST_WORDS[row.cost]()}</Cell>
      <td data-name={m.results_report()}>
        <ReportLink row={row} race={results.race} code={code} />
      </td>
    </tr>
  );
}

type CellProps = { column: Column; children: ComponentChildren };

/** A value that is not there is a dash; its name stands beside it where the columns have no heads. */
function Cell({ column, children }: CellProps) {
  const isNone = children === null || children === false || children === "";
  return (
    <td data-name={COLUMN_WORDS[column]()} data-none={isNone || undefined}>
      {isNone ? "–" : children}
    </td>
  );
}

type TimeProps = { column: Column; ms: number | null; latest: number };

/** A time, and a bar against the latest one of the column. */
function Time({ column, ms, latest }: TimeProps) {
  return (
    <Cell column={column}>
      {ms === null ? null : (
        <>
          {ms < 0 ? m.results_early({ span: span(ms) }) : span(ms)}
          <Bar share={Math.max(0, ms) / latest} />
        </>
      )}
    </Cell>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <span class="results-bar" aria-hidden="true">
      <span style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </span>
  );
}

function ReportLink({ row, race, code }: { row: ResultRow; race: string; code: string }) {
  const path = row.you ? racePath(race, "report") : roomPath(code, "results", row.member);
  if (row.ending === null || (!row.you && !row.report_shared)) return <>–</>;
  return (
    <a
      class="results-open"
      href={path}
      aria-label={m.results_open_of({ name: nameOf(row) })}
      onClick={(event) => {
        event.preventDefault();
        goTo(path);
      }}
    >
      {m.results_open()}
    </a>
  );
}
