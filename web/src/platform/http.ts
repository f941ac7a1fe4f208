// The one owner of fetch. Every request has an end: throws `Unreachable` when no whole answer came in time. Any
// answer is an answer.
import { after } from "./time";
import { onWake } from "./wake";

export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("the server did not answer", { cause });
  }
}

/** Asks once and waits for the whole answer, its body too, for at most `limitMs` milliseconds. */
export async function send(path: string, init: RequestInit, limitMs: number): Promise<Response> {
  const ending = new AbortController();
  const stopTimer = after(limitMs, () => ending.abort());
  // An answer that was on its way while the page stood still will not come: whoever asks again is answered sooner.
  const stopWaiting = onWake((lostMs) => {
    if (lostMs > 0) ending.abort();
  });
  try {
    const answer = await fetch(path, {
      ...init,
      credentials: "same-origin",
      signal: ending.signal,
    });
    const { status, headers } = answer;
    // A body may stall as well as a head: it is read here, before the time is up.
    const body = await answer.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, { status, headers });
  } catch (cause) {
    throw new Unreachable(cause);
  } finally {
    stopTimer();
    stopWaiting();
  }
}
