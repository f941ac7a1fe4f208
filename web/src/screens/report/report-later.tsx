// The report, fetched before it is needed.
import { GONE_WORDS } from "#/i18n/gone";
import { m } from "#/i18n/words";
import { reportPart } from "../parts";
import { Waiting } from "../waiting";

export const fetchReport = reportPart.fetch;

/** The report's charts come in a chunk of their own, fetched before they are needed. */
export function ReportLater() {
  const chunk = reportPart.found.value;
  if (chunk) return <chunk.ReportScreen gone={GONE_WORDS} />;
  return <Waiting label={m.report_waiting()} what={m.waiting_part()} />;
}
