// The sorting table on the wall of a room: fetched again when something moved; groups that grew or
// shrank light up; the last picture stays while the network is away.
import { follow } from "./live.js";

const screen = document.querySelector("[data-screen]");
const holder = screen.querySelector("[data-scene]");
const offline = screen.querySelector("[data-offline]");
const SAFETY = 20000; // fetched at least this often, should the stream be silent
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

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".table-scene");
  if (!fresh) return;
  const counts = new Map([...holder.querySelectorAll("[data-key]")].map((each) => [each.dataset.key, each.dataset.n]));
  for (const each of fresh.querySelectorAll("[data-key]")) {
    each.classList.toggle("table-scene__group--fresh", counts.get(each.dataset.key) !== each.dataset.n);
  }
  holder.replaceChildren(document.adoptNode(fresh));
}

follow(screen.dataset.live, {
  after: screen.dataset.after,
  change: refresh,
  missed: refresh,
  state: (open) => open && refresh(),
});
setInterval(refresh, SAFETY);
addEventListener("online", refresh);
