// Keeps a ticket readable without network: its page and its styles, nothing else, on this device.
const STORE = "tickets-1";
const TICKET = /\/registrations\/[^/]+\/ticket\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method === "GET" && (TICKET.test(pathname) || pathname.startsWith("/static/"))) {
    event.respondWith(answer(request, TICKET.test(pathname)));
  }
});

async function keep(addresses) {
  const store = await caches.open(STORE);
  await Promise.all(addresses.map(async (address) => {
    const found = await fetch(address, { credentials: "same-origin" });
    if (found.ok && !found.redirected) await store.put(address, found);
  }));
  for (const page of await self.clients.matchAll()) page.postMessage("kept");
}

async function answer(request, isTicket) {
  const store = await caches.open(STORE);
  try {
    const fresh = await fetch(request);
    // A ticket that is no longer given (cancelled, erased) is not shown from memory either.
    if (isTicket && (!fresh.ok || fresh.redirected)) await store.delete(request.url);
    else if (isTicket) await store.put(request.url, fresh.clone());
    return fresh;
  } catch (offline) {
    const kept = await store.match(request.url, { ignoreVary: true });
    if (kept) return kept;
    throw offline;
  }
}
