// Asks the worker to keep pages, and what they are made of, for when there is no network.

/** Keep these pages on this device; `done` is called once they are there. */
export async function keepPages(pages, done = () => {}) {
  if (!("serviceWorker" in navigator)) return;
  try {
    navigator.serviceWorker.addEventListener("message", ({ data }) => data === "kept" && done());
    await navigator.serviceWorker.register("/offline-worker.js", { scope: "/" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: pages });
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
