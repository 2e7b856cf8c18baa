// A page on a wall: fetched again when the ledger says that something happened, and now and then in
// case the stream is silent; the last picture stays while the network is away.
import { follow } from "../scripts/live.js";

/** `show(html)` puts what `screen.dataset.now` answers on the wall, at least every `safety` milliseconds. */
export function projected(screen, { show, safety }) {
  const offline = screen.querySelector("[data-offline]");
  let fetching = false;
  let again = false;

  async function refresh() {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    try {
      const answer = await fetch(screen.dataset.now, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text());
      offline.hidden = true;
    } catch {
      offline.hidden = false;
    }
    fetching = false;
    if (again) {
      again = false;
      refresh();
    }
  }

  follow(screen.dataset.live, {
    after: screen.dataset.after,
    change: refresh,
    missed: refresh,
    state: (open) => open && refresh(),
  });
  setInterval(refresh, safety);
  addEventListener("online", refresh);
}
