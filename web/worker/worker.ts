// The service worker: keeps the files of one build in the browser, so that the page opens without a line.
//
// The page itself comes from the server whenever the server answers in time, so that nobody stays on an old version.
// The worker never answers for the API: what happens in a race only the server can say.

declare const self: ServiceWorkerGlobalScope;

/** The build fills this in: a name made from all its files, and their paths. */
declare const BUILD: { name: string; files: string[] };

const PAGE = "/";
const PAGE_WAIT_MS = 4_000;
const cacheName = `tingting-${BUILD.name}`;
const files = new Set(BUILD.files);

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => {
  // A page names its own script. If that is of this build, the page needs nothing of the build before.
  if (files.has(event.data)) void self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (isPage(pathname)) event.respondWith(page(request));
  } else if (files.has(pathname)) {
    event.respondWith(file(request));
  }
});

/** The addresses that the page itself routes. Others, such as the API's description, are the server's alone. */
function isPage(pathname: string): boolean {
  return pathname === "/" || pathname === "/handover" || /^\/(race|room|me)(\/|$)/.test(pathname);
}

async function keepFiles(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Without a cookie: a page that is only kept must not make somebody a new guest.
  const requests = [PAGE, ...BUILD.files].map((path) => new Request(path, { credentials: "omit" }));
  await cache.addAll(requests);
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter(
    (name) => name.startsWith("tingting-") && name !== cacheName,
  );
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The server's page; the kept one if the server does not answer, is late, or a proxy says that it is away. */
async function page(request: Request): Promise<Response> {
  const kept = await caches.match(PAGE, { cacheName });
  const fresh = fetch(request);
  if (!kept) return fresh;
  const answer = await Promise.race([fresh.catch(() => null), late()]);
  return answer && answer.status < 500 ? answer : kept;
}

function late(): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), PAGE_WAIT_MS);
  });
}

async function file(request: Request): Promise<Response> {
  // Without the query, by which the page asks once more for a part that it did not get.
  const kept = await caches.match(new URL(request.url).pathname, { cacheName });
  return kept ?? fetch(request);
}
