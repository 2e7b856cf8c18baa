// “Move to…”: the groups in one list, found by their number or name; a new one by its name.
import { open, place } from "./acts.js";
import { chosen, boxOf, pileOf, piles, root, say, size, unchoose, words } from "./board.js";
import { hold } from "./people.js";

const dialog = root.querySelector("[data-mover]");
const search = dialog.querySelector("[data-mover-search]");
const list = dialog.querySelector("[data-mover-list]");
let asked = null;

export function mover() {
  root.addEventListener("click", (event) => {
    const link = event.target.closest(".idea__move");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const item = link.closest("[data-idea]");
    const keys = boxOf(item).checked ? chosen() : [item.dataset.idea];
    pickGroup(keys, keys.length > 1 ? say("count", { n: keys.length }) : words(keys[0]));
  });
  search.addEventListener("input", fill);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      list.querySelector("button")?.click();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector("button")?.focus();
    }
  });
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    (buttons[buttons.indexOf(document.activeElement) + step] ?? search).focus();
  });
  dialog.addEventListener("close", () => finish(false));
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    dialog.close();
  });
  addEventListener("pointerdown", (event) => {
    if (dialog.open && !dialog.contains(event.target)) dialog.close();
  });
}

// Ask for a group and move the cards there; resolves to whether they moved.
export function pickGroup(keys, what) {
  finish(false);
  dialog.querySelector("[data-mover-what]").textContent = what;
  search.value = "";
  const here = new Set(keys.map((key) => pileOf(document.getElementById(`i-${key}`))));
  const answer = new Promise((resolve) => (asked = { keys, here, resolve }));
  fill();
  hold(keys[0]);
  dialog.show(); // not modal: making a thousand cards inert takes longer than the move itself
  search.focus();
  return answer;
}

function fill() {
  const typed = fold(search.value);
  const only = asked.here.size === 1 ? [...asked.here][0] : null;
  const found = piles().filter((section) => section !== only && matches(section, typed));
  const choices = found.map((section) =>
    choice(section.dataset.number, section.dataset.tone, title(section), size(section), () => place(asked.keys, section.dataset.pile)),
  );
  const name = search.value.trim();
  choices.push(choice("+", "", name && !/^\d+$/.test(name) ? say("new_called", { name }) : say("new"), "", () => open(asked.keys, /^\d+$/.test(name) ? "" : name)));
  list.replaceChildren(...choices);
}

const title = (section) => (section.dataset.pile ? section.querySelector("[data-name]").textContent : say("back"));
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

function matches(section, typed) {
  if (/^\d+$/.test(typed)) return section.dataset.number?.startsWith(typed) ?? false;
  return fold(title(section)).includes(typed);
}

function choice(number, tone, name, n, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sorting__choice";
  const mark = Object.assign(document.createElement("span"), { className: "pile__number", textContent: number ?? "·" });
  mark.dataset.tone = tone ?? "";
  const count = Object.assign(document.createElement("span"), { className: "sorting__n", textContent: n });
  button.append(mark, name || say("group", { number }), count);
  button.addEventListener("click", () => {
    act();
    unchoose();
    finish(true);
    dialog.close();
  });
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function finish(moved) {
  if (!asked) return;
  const { resolve } = asked;
  asked = null;
  hold("");
  resolve(moved);
}
