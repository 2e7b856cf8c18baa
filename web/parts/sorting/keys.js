// The keyboard: one tab stop, arrows from card to card; Enter picks up, arrows carry, Enter lays down.
import { announce, place, undo } from "./acts.js";
import { boxOf, card, cardsIn, chosen, nameOf, pileOf, piles, root, say, size, unchoose, words } from "./board.js";
import { pickGroup } from "./mover.js";
import { hold } from "./people.js";

let carried = null;

export function keyboard() {
  root.querySelector("[data-keys]").hidden = false;
  const table = root.querySelector("[data-table]");
  for (const each of table.querySelectorAll("[data-idea]")) aside(each);
  const first = boxOf(table.querySelector("[data-idea]"));
  if (first) first.tabIndex = 0;
  table.addEventListener("keydown", pressed);
  table.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-idea]");
    if (!item) return;
    for (const each of table.querySelectorAll('[data-idea] input[tabindex="0"]')) each.tabIndex = -1;
    boxOf(item).tabIndex = 0;
  });
  new MutationObserver((changes) => {
    for (const each of changes.flatMap((change) => [...change.addedNodes])) if (each.dataset?.idea && !boxOf(each).hasAttribute("tabindex")) aside(each);
  }).observe(table, { childList: true, subtree: true });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog");
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) takeBack(event);
  });
}

function aside(item) {
  boxOf(item).tabIndex = -1;
  item.querySelector(".idea__move").tabIndex = -1;
}

function takeBack(event) {
  const form = root.querySelector('[data-undo="mine"]');
  if (form.hidden) return;
  event.preventDefault();
  undo(form.elements.move.value);
}

function pressed(event) {
  const item = event.target.closest("[data-idea]");
  if (!item || event.target !== boxOf(item) || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = carried ? CARRYING[event.key] : WALKING[event.key];
  if (!act) return;
  event.preventDefault();
  act(item);
}

const WALKING = {
  ArrowDown: (item) => focus(next(item, 1)),
  ArrowUp: (item) => focus(next(item, -1)),
  ArrowRight: (item) => across(item, 1),
  ArrowLeft: (item) => across(item, -1),
  Home: (item) => focus(cardsIn(pileOf(item))[0]),
  End: (item) => focus(cardsIn(pileOf(item)).at(-1)),
  Enter: pickUp,
  m: (item) => name(item),
  M: (item) => name(item),
};
const CARRYING = {
  ArrowDown: () => aim(1),
  ArrowRight: () => aim(1),
  ArrowUp: () => aim(-1),
  ArrowLeft: () => aim(-1),
  Enter: layDown,
  " ": layDown,
  Escape: putBack,
  Tab: putBack,
};

function next(item, step) {
  const cards = cardsIn(pileOf(item)).filter(shown);
  return cards[cards.indexOf(item) + step];
}

const shown = (item) => !item.classList.contains("idea--unlike");

function across(item, step) {
  const all = piles();
  let at = all.indexOf(pileOf(item)) + step;
  while (all[at] && !cardsIn(all[at]).some(shown)) at += step;
  if (all[at]) focus(cardsIn(all[at]).find(shown));
}

function focus(item) {
  boxOf(item)?.focus();
  item?.scrollIntoView({ block: "nearest" });
}

function handful(item) {
  return boxOf(item).checked ? chosen() : [item.dataset.idea];
}

function what(keys) {
  return keys.length > 1 ? say("count", { n: keys.length }) : words(keys[0]);
}

function pickUp(item) {
  const keys = handful(item);
  carried = { keys, from: item, target: pileOf(item) };
  for (const key of keys) card(key).classList.add("idea--carried");
  carried.target.classList.add("pile--target");
  hold(keys[0]);
  announce(say("picked", { what: what(keys) }));
}

function aim(step) {
  const all = piles();
  const at = (all.indexOf(carried.target) + step + all.length) % all.length;
  carried.target.classList.remove("pile--target");
  carried.target = all[at];
  carried.target.classList.add("pile--target");
  carried.target.scrollIntoView({ block: "nearest" });
  announce(say("over", { group: nameOf(carried.target), n: size(carried.target) }));
}

function release() {
  const { keys, target, from } = carried;
  for (const key of keys) card(key)?.classList.remove("idea--carried");
  target.classList.remove("pile--target");
  carried = null;
  hold("");
  return { keys, target, from };
}

function layDown(item) {
  const after = next(item, 1) ?? next(item, -1);
  const { keys, target } = release();
  if (target === pileOf(item)) return announce(say("put_back"));
  place(keys, target.dataset.pile);
  unchoose();
  focus(after && !keys.includes(after.dataset.idea) ? after : item);
}

function putBack(item) {
  release();
  announce(say("put_back"));
  focus(item);
}

async function name(item) {
  const after = next(item, 1) ?? next(item, -1);
  const keys = handful(item);
  if (await pickGroup(keys, what(keys))) focus(after && !keys.includes(after.dataset.idea) ? after : item);
}

