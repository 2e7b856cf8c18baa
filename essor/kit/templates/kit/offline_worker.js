// Keeps some pages usable without network: those that asked for it, on this device, for three days.
//
// A page asks with {keep: [addresses]}; leaving the account empties the shelf. A kept page always comes fresh while the network answers in time; a page that is no longer given (an
// ended session, an erased ticket) is not shown from memory either.
const PAGES = "essor-pages-1";
const PARTS = "essor-parts-1";
const PATIENCE = 4000; // milliseconds before a kept page stands in for a slow network
const LONGEST = 3 * 24 * 3600 * 1000;
const ALONE = "{% url 'kit:alone' %}"; // the page that says which others are kept

self.addEventListener("install", (event) => event.waitUntil(keep([ALONE]).then(() => self.skipWaiting())));
// What pages ask to keep waits for the tidying, which would take it for something old.
let tidied = Promise.resolve();
self.addEventListener("activate", (event) => {
  tidied = tidy();
  event.waitUntil(tidied.then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  event.waitUntil(tidied.then(() => keep(event.data.keep)).then(() => event.source?.postMessage("kept")));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname.endsWith("/logout/")) event.waitUntil(empty());
  if (request.method !== "GET" || pathname.startsWith("/live/")) return;
  if (pathname.startsWith("/static/") || pathname.endsWith(".css")) event.respondWith(part(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

async function keep(pages) {
  const [shelf, box] = await Promise.all([caches.open(PAGES), caches.open(PARTS)]);
  await Promise.all(pages.map(async (address) => {
    const found = await fetch(address, { credentials: "same-origin" });
    if (!found.ok || found.redirected) return;
    await Promise.all(madeOf(await found.clone().text()).map((part) => take(box, part)));
    await shelf.put(bare(address), await marked(found));
  }));
}

async function take(box, address) {
  if (await box.match(address, { ignoreVary: true })) return;
  const found = await fetch(address);
  if (found.ok) await box.put(address, found);
}

// The styles, scripts, fonts and drawings that a page names.
function madeOf(html) {
  const named = html.matchAll(/="(\/[^"#]+\.(?:css|js|svg|woff2)(?:\?[^"#]*)?)/g);
  return [...new Set([...named].map(([, address]) => address))];
}

async function page(request) {
  const shelf = await caches.open(PAGES);
  const kept = await shelf.match(bare(request.url), { ignoreVary: true });
  const fresh = fetch(request).then(async (found) => {
    if (kept && found.type === "basic" && found.ok && !found.redirected) {
      await shelf.put(bare(request.url), await marked(found.clone()));
    } else if (kept && (found.redirected || found.type === "opaqueredirect" || found.status === 404)) {
      await shelf.delete(bare(request.url));
    }
    return found;
  });
  if (!kept) return fresh.catch(async () => (await shelf.match(ALONE, { ignoreVary: true })) ?? Response.error());
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([fresh.catch(() => kept), late]);
}

async function part(request) {
  const box = await caches.open(PARTS);
  const kept = await box.match(request.url, { ignoreVary: true });
  return kept ?? fetch(request);
}

// The same page whatever was asked of it: a search is done on the device when there is no network.
function bare(address) {
  const url = new URL(address, self.location.origin);
  return url.origin + url.pathname;
}

// A kept page says so itself (`kept` in its server timing), and since when.
async function marked(found) {
  const headers = new Headers(found.headers);
  headers.set("Server-Timing", `kept;desc="${Date.now()}"`);
  return new Response(await found.blob(), { status: found.status, headers });
}

async function tidy() {
  const ours = [PAGES, PARTS];
  for (const name of await caches.keys()) if (!ours.includes(name)) await caches.delete(name);
  const [shelf, box] = await Promise.all(ours.map((name) => caches.open(name)));
  const named = new Set();
  for (const request of await shelf.keys()) {
    const kept = await shelf.match(request);
    const since = Number(/desc="(\d+)"/.exec(kept.headers.get("Server-Timing"))[1]);
    if (Date.now() - since > LONGEST && !request.url.endsWith(ALONE)) await shelf.delete(request);
    else for (const part of madeOf(await kept.text())) named.add(new URL(part, self.location.origin).href);
  }
  for (const request of await box.keys()) if (!named.has(request.url)) await box.delete(request);
}

async function empty() {
  const shelf = await caches.open(PAGES);
  for (const request of await shelf.keys()) {
    if (!request.url.endsWith(ALONE)) await shelf.delete(request);
  }
}
