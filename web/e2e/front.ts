/** A server in front of the program, which can be told to answer some addresses with a text of its own. */

import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

type Text = { type: string; body: string; status?: number };

export class Front {
  readonly texts = new Map<string, Text>();
  readonly #server: Server;

  constructor(behind: string) {
    this.#server = createServer((asked, answer) => {
      const text = this.texts.get(asked.url ?? "");
      if (text) {
        answer.writeHead(text.status ?? 200, {
          "Content-Type": text.type,
          "Cache-Control": "no-cache",
        });
        answer.end(text.body);
        return;
      }
      const { method, url, headers } = asked;
      const passed = request(new URL(url ?? "/", behind), { method, headers }, (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      });
      passed.on("error", () => answer.destroy());
      asked.pipe(passed);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  end(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
