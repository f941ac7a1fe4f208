/** Frames while something happens, as the browser's own trace tells them. */

import type { CDPSession, Page } from "@playwright/test";

export type Sample = { p50: number; p95: number; worst: number; count: number };

export type Frames = {
  /** Distances of animation frames: what the bars are of. */
  frames: Sample;
  /** Distances of frames that reached the screen, put together by software where there is no GPU. */
  shown: Sample;
  /** Time the main thread worked for one frame: scripts, styles, layout and lists of what to draw. */
  main: Sample;
};

export function sampleOf(times: readonly number[]): Sample {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
    return Math.round((sorted[index] ?? 0) * 10) / 10;
  };
  return { p50: at(0.5), p95: at(0.95), worst: at(1), count: sorted.length };
}

type TraceEvent = { name: string; ph: string; ts: number; dur?: number; tid: number; pid: number };

const CATEGORIES = [
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "devtools.timeline.frame",
  "disabled-by-default-devtools.timeline.frame",
  "viz",
];

/** Counts frames by the page's own callbacks, and work by the trace's tasks on the page's thread. */
export async function framesDuring(
  page: Page,
  trace: CDPSession,
  act: () => Promise<void>,
): Promise<Frames> {
  const events: TraceEvent[] = [];
  const collect = (message: { value: unknown[] }): void => {
    events.push(...(message.value as TraceEvent[]));
  };
  trace.on("Tracing.dataCollected", collect);
  await trace.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES },
  });
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { frameTimes: times, framesOn: true });
    const tick = (now: number): void => {
      times.push(now);
      if ((window as unknown as { framesOn: boolean }).framesOn) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  const times = await page.evaluate(() => {
    Object.assign(window, { framesOn: false });
    return (window as unknown as { frameTimes: number[] }).frameTimes;
  });
  const done = new Promise<void>((resolve) => {
    trace.once("Tracing.tracingComplete", () => resolve());
  });
  await trace.send("Tracing.end");
  await done;
  trace.off("Tracing.dataCollected", collect);
  return {
    frames: sampleOf(gaps(times)),
    shown: sampleOf(gaps(timesOf(events, "Display::DrawAndSwap"))),
    main: sampleOf(workOf(events)),
  };
}

const timesOf = (events: readonly TraceEvent[], name: string): number[] =>
  events
    .filter((event) => event.name === name)
    .map((event) => event.ts / 1_000)
    .toSorted((a, b) => a - b);

const gaps = (times: readonly number[]): number[] =>
  times.slice(1).map((time, index) => time - (times[index] ?? time));

/** Sums the tasks between two frames on the thread that called the page back. */
function workOf(events: readonly TraceEvent[]): number[] {
  const first = events.find((event) => event.name === "FireAnimationFrame");
  const { tid, pid } = first ?? { tid: 0, pid: 0 };
  const ours = events.filter((event) => event.tid === tid && event.pid === pid);
  const tasks = ours.filter((event) => event.name === "RunTask" && event.dur !== undefined);
  const starts = [...new Set(ours.filter(isFrame).map((event) => event.ts))].toSorted(
    (a, b) => a - b,
  );
  return starts.slice(1).map((end, index) => {
    const start = starts[index] ?? end;
    const work = tasks
      .filter((task) => task.ts >= start && task.ts < end)
      .reduce((sum, task) => sum + (task.dur ?? 0), 0);
    return work / 1_000;
  });
}

const isFrame = (event: TraceEvent): boolean => event.name === "BeginMainThreadFrame";
