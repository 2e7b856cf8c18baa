// Acts leave one after the other, in the order in which they were made; without network they wait
// here and leave by themselves, each with its own key, so that none is carried out twice.
import { newKey } from "../act_key.js";
import { apply, known, lay, pileOf, card, refresh, root, say, sort } from "./board.js";

const AGAIN = 3000;
const voice = root.querySelector("[data-voice]");
const toast = root.querySelector("[data-toast]");
const history = root.querySelector("[data-history]");
const offline = root.querySelector("[data-offline]");
let queue = Promise.resolve();
let timer = 0;

export function announce(words) {
  voice.textContent = "";
  setTimeout(() => (voice.textContent = words), 30);
}

export function show(words, { care = false, undo = "" } = {}) {
  clearTimeout(timer);
  toast.querySelector("[data-toast-words]").textContent = words;
  toast.dataset.tone = care ? "care" : "";
  const back = toast.querySelector("[data-toast-undo]");
  back.hidden = !undo;
  back.dataset.move = undo;
  toast.hidden = false;
  timer = setTimeout(() => (toast.hidden = true), care ? 20000 : 8000);
}

toast.querySelector("[data-toast-undo]").addEventListener("click", (event) => {
  toast.hidden = true;
  undo(event.currentTarget.dataset.move);
});

// Post fields to an address below the table's; answers what the server told, or null when refused.
export function post(address, fields) {
  const act = newKey();
  const done = queue.then(() => send(address, fields, act));
  queue = done.catch(() => {});
  return done;
}


async function send(address, fields, act) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("csrfmiddlewaretoken", sort.elements.csrfmiddlewaretoken.value);
  for (;;) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "Idempotency-Key": act },
      body,
    }).catch(() => null);
    if (answer && answer.status < 500) {
      offline.hidden = true;
      return heard(answer);
    }
    offline.hidden = Boolean(answer) && navigator.onLine;
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

async function heard(answer) {
  const told = await answer.json().catch(() => null);
  if (!answer.ok || !told) {
    const words = told?.words ?? say("failed");
    show(words, { care: true });
    announce(words);
    await refresh();
    return null;
  }
  if (told.move) {
    apply(told);
    tell(told);
  }
  return told;
}

// One's own move: shown with a way to take it back. Somebody else's: into the history, quietly.
export function tell(told) {
  const mine = told.who === root.dataset.me;
  note(told, mine);
  if (mine) {
    show(told.words, { undo: told.kind === "undo" ? "" : told.move });
    announce(told.words);
  }
  for (const each of told.over ?? []) {
    if (each.to === root.dataset.me && !mine) {
      show(each.words, { care: true });
      announce(each.words);
    }
  }
}

function note(told, mine) {
  if (history.querySelector(`[data-move="${told.move}"]`)) return;
  history.querySelector("[data-nothing]")?.remove();
  const line = document.createElement("li");
  const undone = told.kind === "undo";
  Object.assign(line.dataset, { move: told.move, mine: mine && !undone ? "yes" : "", noun: told.noun });
  line.classList.toggle("sorting__undone", undone);
  const time = document.createElement("time");
  time.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const who = document.createElement("strong");
  who.textContent = told.by;
  line.append(time, " ", who, ` ${told.words}`);
  history.prepend(line);
  if (told.undoes) {
    const earlier = history.querySelector(`[data-move="${told.undoes}"]`);
    earlier?.classList.add("sorting__undone");
    if (earlier) earlier.dataset.mine = "";
  }
  while (history.children.length > 30) history.lastElementChild.remove();
  offerUndo();
}

function offerUndo() {
  const standing = [...history.children].filter((line) => line.dataset.move && !line.classList.contains("sorting__undone"));
  const mine = standing.find((line) => line.dataset.mine);
  const last = standing[0];
  offer(root.querySelector('[data-undo="mine"]'), mine, (noun) => `: ${noun}`);
  offer(root.querySelector('[data-undo="last"]'), last && !last.dataset.mine ? last : null, (noun, who) =>
    say("taken_back", { what: noun, who }),
  );
}

function offer(form, line, wording) {
  form.hidden = !line;
  form.elements.move.value = line?.dataset.move ?? "";
  form.querySelector("[data-noun]").textContent = line
    ? wording(line.dataset.noun, line.querySelector("strong").textContent)
    : "";
}

export function undo(move) {
  return post(`${root.dataset.base}undoings/`, [["move", move]]);
}

// Lay cards down: shown at once, then sent; what the server says has the last word.
export function place(keys, to) {
  const there = to || "waiting";
  const going = keys.filter((key) => card(key) && (pileOf(card(key))?.dataset.pile ?? "") !== to);
  if (!going.length) return Promise.resolve(null);
  const since = sort.elements.since.value;
  lay(going, to);
  return post(`${root.dataset.base}moves/`, [...going.map((key) => ["idea", key]), ["to", there], ["since", since]]);
}

export function open(keys, name) {
  return post(`${root.dataset.base}moves/`, [...keys.map((key) => ["idea", key]), ["to", "new"], ["name", name]]);
}

export function merge(from, into) {
  return post(`${root.dataset.base}groups/${from}/merger/`, [["into", into]]);
}

export function heardLive(change) {
  if (change.run) return proposed(change);
  apply(change);
  tell(change);
  known(change.number);
}

function proposed({ run, words }) {
  const notice = document.createElement("p");
  notice.className = "sorting__ready";
  const link = document.createElement("a");
  link.href = `${root.dataset.base}proposals/${run}/`;
  link.textContent = words;
  notice.append(link);
  root.querySelector("[data-notices]").replaceChildren(notice);
  announce(words);
}
