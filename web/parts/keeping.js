// Asks the worker to keep this page, and what it is made of, for when there is no network.

/** Keep the page at hand (or `pages`) on this device; `done` is called once it is there. */
export async function keepPage({ pages = [location.href], parts = [], done = () => {} } = {}) {
  if (!("serviceWorker" in navigator)) return;
  try {
    navigator.serviceWorker.addEventListener("message", ({ data }) => data === "kept" && done());
    await navigator.serviceWorker.register("/offline-worker.js", { scope: "/" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: { pages, parts: [...madeOf(), ...parts] } });
  } catch {
    // Without a worker the page is as good as before.
  }
}

/** When the page at hand was kept, where it comes from the shelf and not from the server. */
export function keptSince() {
  const [entry] = performance.getEntriesByType("navigation");
  const kept = entry?.serverTiming?.find(({ name }) => name === "kept");
  return kept ? new Date(Number(kept.description)) : null;
}

function madeOf() {
  const found = document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon], script[src], use[href], img[src]");
  const addresses = [...found].map((each) => each.href?.baseVal ?? each.href ?? each.src).filter(Boolean);
  return [...new Set(addresses.map((address) => new URL(address, location.href)).filter(({ origin }) => origin === location.origin).map(({ href }) => href.split("#")[0]))];
}
