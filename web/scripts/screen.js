// The big screen: fetches its scene again when the ledger says that something happened, lets new
// cards in one at a time, keeps the last picture while the network is away and catches up after it.
import { startClocks } from "./clock.js";
import { projected } from "../parts/projected.js";

const screen = document.querySelector("[data-screen]");
const holder = screen.querySelector("[data-scene]");
const PACE = 2200; // milliseconds between two new cards
const SAFETY = 15000; // fetched at least this often, should the stream be silent
let stopClocks = startClocks(holder);
let waiting = [];
let pace = 0;

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".scene");
  const present = holder.querySelector(".scene");
  if (!fresh) return;
  const sameScene = present && fresh.dataset.name === present.dataset.name;
  if (sameScene) keepCards(present, fresh);
  holder.replaceChildren(document.adoptNode(fresh));
  stopClocks();
  stopClocks = startClocks(holder);
  if (!sameScene) waiting = [];
  letIn();
}

// Cards that were shown stay where they are; new ones wait for their turn; hidden ones go.
function keepCards(present, fresh) {
  const then = present.querySelector("[data-cards]");
  const now = fresh.querySelector("[data-cards]");
  if (!then || !now) return;
  const shown = new Set([...then.children].map((card) => card.dataset.key));
  waiting = [...now.children].filter((card) => !shown.has(card.dataset.key)).reverse();
  for (const card of waiting) card.remove();
}

function letIn() {
  if (pace || waiting.length === 0) return;
  const cards = holder.querySelector("[data-cards]");
  const next = waiting.shift();
  if (cards && next) {
    next.classList.add("scene__card--new");
    cards.prepend(next);
  }
  pace = setTimeout(() => {
    pace = 0;
    letIn();
  }, PACE);
}

projected(screen, { show, safety: SAFETY });
