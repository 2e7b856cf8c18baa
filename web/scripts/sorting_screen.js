// The sorting table on the wall of a room: groups that grew or shrank light up.
import { projected } from "../parts/projected.js";

const screen = document.querySelector("[data-screen]");
const holder = screen.querySelector("[data-scene]");
const SAFETY = 20000; // fetched at least this often, should the stream be silent

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".table-scene");
  if (!fresh) return;
  const counts = new Map([...holder.querySelectorAll("[data-key]")].map((each) => [each.dataset.key, each.dataset.n]));
  for (const each of fresh.querySelectorAll("[data-key]")) {
    each.classList.toggle("table-scene__group--fresh", counts.get(each.dataset.key) !== each.dataset.n);
  }
  holder.replaceChildren(document.adoptNode(fresh));
}

projected(screen, { show, safety: SAFETY });
