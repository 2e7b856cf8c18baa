// Dragging with mouse, pen or finger: a card (or all chosen ones) onto a pile; a pile onto another
// one merges them. A finger drags by the grip, so that the page still scrolls.
import { merge, place } from "./acts.js";
import { boxOf, card, chosen, nameOf, pileOf, root, unchoose } from "./board.js";
import { hold } from "./people.js";

const FAR = 6; // pixels before a press becomes a drag
const EDGE = 70; // pixels from the edge where the page begins to scroll
let drag = null;

export function dragging() {
  root.addEventListener("pointerdown", press);
  addEventListener("pointermove", move);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", cancel);
  addEventListener("keydown", (event) => event.key === "Escape" && drag?.ghost && cancel());
  root.addEventListener("click", swallow, true);
}

function press(event) {
  if (event.button || !root.classList.contains("sorting--wall")) return;
  const item = event.target.closest("[data-idea]");
  const head = event.target.closest("[data-head]");
  const finger = event.pointerType === "touch";
  if (item && (!finger || event.target.closest(".idea__move"))) start(event, item.dataset.idea, "");
  else if (head && !event.target.closest("a") && (!finger || event.target.closest(".pile__number")))
    start(event, "", pileOf(head).dataset.pile);
}

function start(event, key, group) {
  const many = key && boxOf(card(key)).checked ? chosen() : [key];
  drag = { keys: key ? many : [], group, x: event.clientX, y: event.clientY, ghost: null, target: null, over: false };
}

function move(event) {
  if (!drag) return;
  if (!drag.ghost) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    lift();
  }
  event.preventDefault();
  drag.ghost.style.transform = `translate(${event.clientX + 10}px, ${event.clientY + 10}px) rotate(2deg)`;
  aim(pileOf(document.elementFromPoint(event.clientX, event.clientY)));
  drag.pull = event.clientY < EDGE ? -1 : event.clientY > innerHeight - EDGE ? 1 : 0;
}

function lift() {
  getSelection()?.removeAllRanges();
  const ghost = document.createElement("div");
  ghost.className = "idea idea--ghost";
  ghost.textContent = drag.group ? nameOf(pileOf(document.getElementById(`g-${drag.group}`))) : document.getElementById(`w-${drag.keys[0]}`).textContent;
  if (drag.keys.length > 1) ghost.dataset.n = drag.keys.length;
  root.append(ghost);
  drag.ghost = ghost;
  root.classList.add("sorting--carrying");
  for (const key of drag.keys) card(key).classList.add("idea--carried");
  hold(drag.group || drag.keys[0]);
  drag.timer = setInterval(() => drag?.pull && scrollBy(0, drag.pull * 18), 16);
}

function aim(section) {
  if (section && drag.group && (section.dataset.pile === drag.group || !section.dataset.pile)) section = null;
  if (section === drag.target) return;
  drag.target?.classList.remove("pile--target");
  section?.classList.add("pile--target");
  drag.target = section;
}

function drop() {
  if (!drag?.ghost) {
    drag = null;
    return;
  }
  const { keys, group, target } = drag;
  end();
  if (!target) return;
  if (group) merge(group, target.dataset.pile);
  else {
    place(keys, target.dataset.pile);
    unchoose();
  }
}

function cancel() {
  if (drag?.ghost) end();
  drag = null;
}

function end() {
  clearInterval(drag.timer);
  drag.ghost.remove();
  drag.target?.classList.remove("pile--target");
  root.classList.remove("sorting--carrying");
  for (const each of root.querySelectorAll(".idea--carried")) each.classList.remove("idea--carried");
  hold("");
  drag = null;
  swallowing = true;
  setTimeout(() => (swallowing = false), 50);
}

// The click that ends a drag chooses nothing and follows no link.
let swallowing = false;
function swallow(event) {
  if (!swallowing) return;
  event.preventDefault();
  event.stopPropagation();
}

