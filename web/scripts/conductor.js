// The conductor's page stays fresh: parts marked data-fresh are replaced when something happened,
// never the field in which the conductor is writing, nor a part that holds the keyboard's focus.
import { startClocks } from "./clock.js";
import { follow } from "./live.js";

const root = document.querySelector("[data-live]");
let stopClocks = startClocks(root);
let timer = 0;

function soon() {
  timer ||= setTimeout(refresh, 300);
}

async function refresh() {
  timer = 0;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of root.querySelectorAll("[data-fresh]")) {
    const same = fresh.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (same && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(same));
  }
  stopClocks();
  stopClocks = startClocks(root);
}

follow(root.dataset.live, { after: root.dataset.after, change: soon, missed: soon });
