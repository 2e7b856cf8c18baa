// What lies on the table, in the document itself: cards are <li data-idea>, piles <section data-pile>.
// Everything here sets what is so, never adds to it: hearing the same move twice does no harm.

export const root = document.querySelector("[data-sorting]");
export const sort = root.querySelector("[data-sort]");
const said = JSON.parse(document.getElementById("sorting-words").textContent);
const TONES = 8;

export function say(name, values = {}) {
  return said[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

export const card = (key) => document.getElementById(`i-${key}`);
export const pile = (key) => (key ? document.getElementById(`g-${key}`) : document.getElementById("g-waiting"));
export const pileOf = (part) => part?.closest("[data-pile]") ?? null;
export const cardsIn = (section) => [...section.querySelectorAll("[data-idea]")];
export const piles = () => [...root.querySelectorAll("[data-table] [data-pile]")];
// How many cards a pile holds, those counted that the page leaves out.
export const size = (section) => cardsIn(section).length + Number(section.dataset.more || 0);
export const total = () => piles().reduce((sum, section) => sum + size(section), 0);
export const words = (key) => document.getElementById(`w-${key}`)?.textContent ?? "";
export const boxOf = (item) => item?.querySelector("input[type=checkbox]");

export function nameOf(section) {
  if (!section.dataset.pile) return say("waiting");
  const name = section.querySelector("[data-name]").textContent;
  const number = section.dataset.number;
  return name ? say("named", { number, name }) : say("group", { number });
}

export function chosen() {
  return [...root.querySelectorAll("[data-table] [data-idea] input:checked")].map((box) => box.value);
}

export function unchoose() {
  for (const box of root.querySelectorAll("[data-table] [data-idea] input:checked")) box.checked = false;
  showChosen();
}

const fade = (event) => event.currentTarget.classList.remove("idea--fresh");

// Lay cards into a pile, on top; answers those that were somewhere else.
export function lay(keys, to) {
  const section = pile(to);
  if (!section) return [];
  const list = section.querySelector("[data-cards]");
  const left = new Set();
  const moved = [];
  const focused = document.activeElement?.closest?.("[data-idea]");
  for (const key of keys) {
    const item = card(key);
    if (!item) soon(); // it lies among those that the page leaves out
    if (!item || pileOf(item) === section) continue;
    left.add(pileOf(item));
    list.prepend(item);
    item.classList.add("idea--fresh");
    item.addEventListener("animationend", fade, { once: true });
    moved.push(key);
    if (item === focused) boxOf(item).focus({ preventScroll: true });
  }
  for (const each of [section, ...left]) count(each);
  if (moved.length) progress();
  const waiting = pile("");
  if (Number(waiting.dataset.more) && cardsIn(waiting).length < FEW) soon();
  return moved;
}

const FEW = 20;
let awaited = 0;
// Ask for the page as it is, once, where cards that it leaves out have to come up.
function soon() {
  clearTimeout(awaited);
  awaited = setTimeout(refresh, 500);
}

export function count(section) {
  const n = size(section);
  section.querySelector("[data-count]").textContent = n;
  const entry = root.querySelector(`[data-count-of="${section.dataset.pile}"]`);
  if (entry) entry.textContent = n;
}

export function progress() {
  const all = total();
  const done = all - size(pile(""));
  root.querySelector("[data-sorted]").textContent = done;
  root.querySelector("[data-total-words]").textContent = all;
  const bar = root.querySelector("[data-progress]");
  bar.max = all;
  bar.value = done;
}

// Show a group as it stands: new, named, locked, set aside, or off the table.
export function group(told) {
  let section = pile(told.key);
  if (!told.on) {
    if (section && !cardsIn(section).length) {
      section.remove();
      listed(told, false);
    }
    return;
  }
  section ??= make(told);
  section.querySelector("[data-name]").textContent = told.name;
  section.querySelector("[data-lock]").hidden = !told.locked;
  const aside = root.querySelector("[data-aside]");
  const there = told.parked ? root.querySelector("[data-piles-aside]") : root.querySelector("[data-piles]");
  if (section.parentElement !== there) {
    const after = [...there.querySelectorAll(":scope > [data-pile]")].find(
      (each) => Number(each.dataset.number) > told.number,
    );
    there.insertBefore(section, after ?? there.querySelector("[data-new-pile]"));
  }
  aside.hidden = !aside.querySelector("[data-pile]");
  listed(told, true);
}

function make(told) {
  const html = root.querySelector("[data-pile-template]").innerHTML;
  const holder = document.createElement("template");
  holder.innerHTML = html
    .replaceAll("KEY", told.key)
    .replaceAll("NUMBER", told.number)
    .replaceAll("TONE", ((told.number - 1) % TONES) + 1);
  return holder.content.querySelector("[data-pile]");
}

function listed(told, on) {
  const select = root.querySelector("[data-to]");
  let option = select.querySelector(`option[value="${told.key}"]`);
  const index = root.querySelector("[data-index]");
  let entry = index.querySelector(`[data-entry="${told.key}"]`);
  if (!on) {
    option?.remove();
    entry?.remove();
    return;
  }
  if (!option) select.append((option = new Option("", told.key)));
  option.textContent = told.name ? `${told.number} · ${told.name}` : `${told.number}`;
  if (!entry) {
    entry = document.createElement("li");
    entry.dataset.entry = told.key;
    const link = document.createElement("a");
    link.href = `#g-${told.key}`;
    const number = Object.assign(document.createElement("span"), { className: "pile__number", textContent: told.number });
    number.dataset.tone = ((told.number - 1) % TONES) + 1;
    const name = document.createElement("span");
    name.dataset.name = "";
    const n = Object.assign(document.createElement("span"), { className: "sorting__n", textContent: "0" });
    n.dataset.countOf = told.key;
    link.append(number, " ", name, " ", n);
    entry.append(link);
    index.append(entry);
  }
  entry.querySelector("[data-name]").textContent = told.name;
}

// A move as the server tells it: groups that appear first, then where ideas lie, then groups that go.
export function apply(move) {
  const groups = move.groups ?? [];
  for (const each of groups) if (each.on) group(each);
  const goes = new Map();
  for (const [key, to] of Object.entries(move.ideas ?? {})) {
    if (!goes.has(to)) goes.set(to, []);
    goes.get(to).push(key);
  }
  for (const [to, keys] of goes) lay(keys, to);
  for (const each of groups) if (!each.on) group(each);
  known(move.number);
}

export function known(number) {
  const since = sort.elements.since;
  if (number > Number(since.value)) since.value = number;
}

export function showChosen() {
  const n = chosen().length;
  root.querySelector("[data-chosen]").textContent = n ? say("chosen", { n }) : say("none");
  root.querySelector("[data-bar]").hidden = !n;
  root.querySelector("[data-none]").hidden = !n;
}

// The page as it is now, where too much happened meanwhile or an act was refused.
export async function refresh() {
  const answer = await fetch(root.dataset.base + location.search, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const table = fresh.querySelector("[data-table]");
  if (!table) return;
  const there = new Set([...table.querySelectorAll("[data-idea]")].map((item) => item.dataset.idea));
  for (const section of table.querySelectorAll("[data-pile]:not([data-pile=''])")) {
    group({
      key: section.dataset.pile,
      number: Number(section.dataset.number),
      name: section.querySelector("[data-name]").textContent,
      locked: !section.querySelector("[data-lock]").hidden,
      parked: Boolean(section.closest("[data-piles-aside]")),
      on: true,
    });
  }
  for (const section of table.querySelectorAll("[data-pile]")) {
    for (const item of cardsIn(section).reverse()) {
      if (!card(item.dataset.idea)) pile(section.dataset.pile).querySelector("[data-cards]").prepend(document.adoptNode(item));
      else lay([item.dataset.idea], section.dataset.pile);
    }
  }
  for (const item of root.querySelectorAll("[data-table] [data-idea]")) {
    if (!there.has(item.dataset.idea)) item.remove();
  }
  for (const section of table.querySelectorAll("[data-pile]")) {
    const here = pile(section.dataset.pile);
    here.dataset.more = section.dataset.more;
    here.querySelector("[data-rest]").replaceWith(section.querySelector("[data-rest]"));
  }
  for (const section of piles()) {
    if (section.dataset.pile && !fresh.getElementById(section.id)) group({ key: section.dataset.pile, on: false });
    else count(section);
  }
  progress();
  known(Number(fresh.querySelector("[data-sorting]").dataset.number));
}
