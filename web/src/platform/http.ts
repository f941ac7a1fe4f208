// The one owner of fetch. Throws `Unreachable` when no answer came; any answer is an answer.
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("the server did not answer", { cause });
  }
}

export async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: "same-origin" });
  } catch (cause) {
    throw new Unreachable(cause);
  }
}
