// The report, fetched before it is needed.
import { m } from "#/i18n/words";
import { Loading } from "#/ui/cluster";
import { later } from "../later";

const report = later(() => import("./report"));

export const fetchReport = report.fetch;

/** The report's charts come in a chunk of their own, fetched before they are needed. */
export function ReportLater() {
  const chunk = report.found.value;
  return chunk ? <chunk.ReportScreen /> : <Loading label={m.report_waiting()} />;
}
