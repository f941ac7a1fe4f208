/** Files of a folder, and everything else from the real program. */

import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export async function serveFolder(folder: string, origin: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const answer = path.startsWith("/api/")
      ? fetch(origin + path).then(async (from) => ({
          type: "application/json",
          body: Buffer.from(await from.arrayBuffer()),
        }))
      : readFile(join(folder, normalize(path === "/" ? "/index.html" : path))).then((body) => ({
          type: TYPES[extname(path)] ?? "text/html; charset=utf-8",
          body,
        }));
    answer.then(
      ({ type, body }) => response.writeHead(200, { "Content-Type": type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
}
