import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { m } from "#/i18n/words";
import { Loading } from "#/ui/cluster";

const ReportLoaded = signal<ComponentType | null>(null);

export async function fetchReport(): Promise<void> {
  if (ReportLoaded.value) return;
  const { ReportScreen } = await import("./report");
  ReportLoaded.value = ReportScreen;
}

/** The report's charts come in a chunk of their own, fetched before they are needed. */
export function ReportLater() {
  const Found = ReportLoaded.value;
  return Found ? <Found /> : <Loading label={m.report_waiting()} />;
}
