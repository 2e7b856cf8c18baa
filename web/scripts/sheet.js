// The project sheet saves itself, a field at a time, and never loses a keystroke.
//
// Each field has a draft in this phone's storage from the first key until the server acknowledged
// that very text. A posting that got no answer is sent again with the same key, so that an act that
// did arrive is not done twice; only then a newer text follows. `mark` says over which text the
// draft was written: the server tells two phones apart by it.

import { newKey } from "../parts/act_key.js";

const form = document.querySelector("[data-sheet]");
const band = document.querySelector("[data-sheet-state]");
const prefix = `essor:sheet:${form.dataset.sheet}:`;
const PAUSE = 900; // milliseconds without a key before a field is saved
const RETRY = [2000, 4000, 8000, 15000];
const fields = new Map();
let failures = 0;
let leaving = false; // the button was pressed while something was still on its way
let retry = 0;

class Field {
  constructor(area) {
    this.area = area;
    this.name = area.dataset.field;
    this.mark = area.dataset.mark;
    this.markInput = form.elements[`mark-${this.name}`];
    this.pending = null; // {act, text, mark}: sent, not yet acknowledged
    this.timer = 0;
    this.busy = false;
    this.stopped = false;
    const kept = read(prefix + this.name);
    if (kept && plain(kept.text) !== plain(area.value)) {
      area.value = kept.text;
      this.mark = kept.mark;
      this.pending = kept.pending;
      this.timer = setTimeout(() => this.save(), 50);
    } else if (kept) {
      forget(prefix + this.name);
    }
    this.kept = this.timer ? null : plain(area.value);
    this.markInput.value = this.mark;
    area.addEventListener("input", () => this.typed());
  }

  get waiting() {
    return this.pending !== null || plain(this.area.value) !== this.kept;
  }

  typed() {
    this.stopped = false;
    this.remember();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
    tell();
  }

  remember() {
    write(prefix + this.name, { text: this.area.value, mark: this.mark, pending: this.pending });
  }

  async save() {
    clearTimeout(this.timer);
    if (this.busy || this.stopped || !this.waiting) return;
    this.busy = true;
    this.pending ??= { act: newKey(), text: this.area.value, mark: this.mark };
    this.remember();
    tell();
    const answer = await post(this.name, this.pending);
    this.busy = false;
    if (answer.state === "saved") this.acknowledge(answer.body);
    else if (answer.state === "away") later();
    else this.refuse(answer.state);
    tell();
  }

  acknowledge(body) {
    failures = 0;
    const sent = plain(this.pending.text);
    const server = body.fields[this.name];
    const disputed = body.disputed.includes(this.name);
    this.pending = null;
    if (disputed) {
      // Both texts are on the server now; the page shows them side by side. What was typed since
      // is sent over the old mark once more, so that it never covers the other phone's text.
      if (plain(this.area.value) === sent) {
        forget(prefix + this.name);
        this.kept = sent;
        leaveFor();
      } else {
        this.remember();
        this.timer = setTimeout(() => this.save(), PAUSE);
      }
      return;
    }
    this.mark = server.mark;
    this.markInput.value = this.mark;
    this.kept = plain(server.text);
    if (plain(this.area.value) === sent) {
      forget(prefix + this.name);
      if (plain(server.text) !== sent) this.area.value = server.text;
    } else {
      this.remember();
      this.timer = setTimeout(() => this.save(), PAUSE);
    }
    takeOver(body, this.name);
  }

  refuse(state) {
    this.pending = null;
    this.stopped = true;
    this.remember();
    trouble = state;
  }

  // What another phone wrote, where nothing is being written here.
  receive(server) {
    if (this.waiting || this.busy || document.activeElement === this.area) return;
    if (this.mark === server.mark) return;
    this.area.value = server.text;
    this.mark = server.mark;
    this.markInput.value = server.mark;
    this.kept = plain(server.text);
  }
}

let trouble = "";

async function post(name, { act, text, mark }) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("act", act);
  data.set(name, text);
  data.set(`mark-${name}`, mark);
  try {
    const answer = await fetch(form.action || location.href, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
    });
    if (answer.ok) return { state: "saved", body: await answer.json() };
    if (answer.status === 422) return { state: "long" };
    return { state: answer.status >= 500 ? "away" : "refused" };
  } catch {
    return { state: "away" };
  }
}

function later() {
  const wait = RETRY[Math.min(failures, RETRY.length - 1)];
  failures += 1;
  retry ||= setTimeout(saveAll, wait);
}

function saveAll() {
  clearTimeout(retry);
  retry = 0;
  for (const field of fields.values()) field.save();
}

function takeOver(body, but) {
  for (const [name, field] of fields) {
    if (name !== but) field.receive(body.fields[name]);
  }
  const count = document.querySelector("[data-filled-count]");
  if (count) count.textContent = String(body.filled);
  trouble = "";
}

// Two texts wait for a choice: show them, once nothing here is still on its way.
function leaveFor() {
  const others = [...fields.values()].some((field) => field.waiting);
  trouble = "disputed";
  if (!others) location.reload();
}

function tell() {
  const waiting = [...fields.values()].filter((field) => field.waiting).length;
  if (leaving && waiting === 0 && !trouble) {
    leaving = false;
    form.submit();
    return;
  }
  let state = waiting === 0 ? "saved" : failures > 0 || !navigator.onLine ? "waiting" : "saving";
  if (trouble) state = trouble;
  if (band.dataset.state === state && state !== "waiting") return;
  if (state === "saved" && !band.dataset.state) return; // nothing was written here yet
  const words = document.createElement("p");
  words.textContent = band.dataset[state];
  if (state === "waiting") words.textContent += ` (${band.dataset.count} ${waiting})`;
  band.replaceChildren(words);
  band.dataset.state = state;
  band.hidden = false;
}

function plain(text) {
  return text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").trim();
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage: the page itself still holds the text.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // see write
  }
}

for (const area of form.querySelectorAll("textarea[data-field]")) {
  const field = new Field(area);
  fields.set(field.name, field);
}
addEventListener("online", saveAll);
addEventListener("visibilitychange", saveAll);
// The button goes on once everything is saved; offline it waits with the texts and goes on later.
form.addEventListener("submit", (event) => {
  if (![...fields.values()].some((field) => field.waiting)) return;
  event.preventDefault();
  leaving = true;
  saveAll();
});
tell();
