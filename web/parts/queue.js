// What was sent from this device and has not arrived yet, in order, each with its own key.
//
// A posting is written down here before anything is tried; it leaves when the server acknowledged
// it, so a dead battery, a closed browser or a server that restarts loses nothing, and the key lets
// the server see that the same act came twice. One tab at a time sends, the oldest first. What the
// server refuses stays, with its reason, until somebody looks at it; it does not hold up the rest.

import { newKey } from "./act_key.js";

const BASE = "essor";
const POSTS = "posts";
const LISTS = "lists";
const PATIENCE = 15_000; // milliseconds for one posting and its answer
const WAITS = [2_000, 4_000, 8_000, 15_000, 30_000];

const listeners = new Set();
let failures = 0;
let timer = 0;
let trying = new AbortController();

/** Write a posting down and try to send what waits. Answers its number. */
export async function put({ url, body, label = "" }) {
  const entry = { url, body, label, act: newKey(), at: Date.now(), state: "waiting", words: [] };
  const number = await change(POSTS, (store) => store.add(entry));
  tell();
  send();
  return number;
}

/** Everything that has not arrived, the oldest first: [{number, label, state, words, url}]. */
export async function waiting() {
  return read(POSTS, async (store) => {
    const [numbers, entries] = await Promise.all([ask(store.getAllKeys()), ask(store.getAll())]);
    return entries.map((entry, at) => ({ ...entry, number: numbers[at] }));
  });
}

/** Call `listener({number, state, answer})` when something arrives, is refused, or is written down. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Give a refused posting up, or try it again. */
export async function drop(number) {
  await change(POSTS, (store) => store.delete(number));
  tell();
}

export async function again(number) {
  const entry = await read(POSTS, (store) => ask(store.get(number)));
  if (entry) await change(POSTS, (store) => store.put({ ...entry, state: "waiting", words: [] }, number));
  tell();
  send();
}

/** A list kept for use without network. */
export const keptList = (name) => read(LISTS, (store) => ask(store.get(name)));
export const keepList = (name, value) => change(LISTS, (store) => store.put(value, name));

/** The network is back: what was tried without it may hang for long, so it is tried anew. */
export function sendAnew() {
  trying.abort();
  failures = 0;
  send();
}

/** Send what waits, now. */
export async function send() {
  clearTimeout(timer);
  timer = 0;
  await alone(async () => {
    for (;;) {
      const next = (await waiting()).find(({ state }) => state === "waiting");
      if (!next) return;
      if (!(await inTime(() => sendOne(next)))) return later();
      failures = 0;
    }
  });
}

// An answer that stops half-way is no answer either.
async function inTime(work) {
  const now = (trying = new AbortController());
  const patience = setTimeout(() => now.abort(), PATIENCE);
  try {
    return await work();
  } finally {
    clearTimeout(patience);
  }
}

async function sendOne({ number, ...entry }, freshToken = false) {
  let answer;
  try {
    answer = await fetch(entry.url, {
      method: "POST",
      body: form(entry.body),
      redirect: "manual",
      signal: trying.signal,
      headers: {
        "Idempotency-Key": entry.act,
        "X-CSRFToken": await token(freshToken),
        "Essor-Queue": "1",
        // How long ago, not when: the clock of this device may be wrong.
        "Essor-Ago": String(Math.max(0, Date.now() - entry.at)),
      },
    });
  } catch {
    return false;
  }
  if (answer.status === 403 && !freshToken) return sendOne({ number, ...entry }, true);
  if (answer.status === 429 || answer.status >= 500 || answer.type === "opaqueredirect") return false;
  if (answer.ok) {
    const body = await answer.json().catch(() => null);
    if (!body?.location) return false; // a hall's network that shows its own page instead of ours
    await change(POSTS, (store) => store.delete(number), "relaxed"); // sent again, it is the same act
    tell({ number, state: "arrived", answer: body });
    return true;
  }
  const page = await answer.text().catch(() => null);
  if (page === null) return false;
  const words = reasons(page, answer.status);
  await change(POSTS, (store) => store.put({ ...entry, state: "refused", status: answer.status, words }, number));
  tell({ number, state: "refused", answer: { status: answer.status, words } });
  return true;
}

// The reasons as the page of the server words them.
function reasons(html, status) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const told = page.querySelectorAll(".error-summary li, .notice--alert .notice__title, .field__error");
  const found = told.length ? told : page.querySelectorAll("main h1");
  const words = [...found].map((each) => each.textContent.replace(/\s+/g, " ").trim()).filter(Boolean);
  return words.length ? words.slice(0, 3) : [String(status)];
}

let known = "";
async function token(fresh) {
  const inPage = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!fresh && (known || inPage)) return known || inPage;
  const answer = await fetch("/offline/token/", { credentials: "same-origin" });
  known = (await answer.json()).token;
  return known;
}

function form(pairs) {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
}

function later() {
  const wait = WAITS[Math.min(failures, WAITS.length - 1)] * (0.75 + Math.random() / 2);
  failures += 1;
  timer ||= setTimeout(send, wait);
}

// One tab sends at a time; where the browser has no locks, the keys alone keep acts single.
function alone(work) {
  if (!navigator.locks) return work();
  return navigator.locks.request("essor-queue", { ifAvailable: true }, (lock) => (lock ? work() : later()));
}

function tell(what = {}) {
  for (const listener of listeners) listener(what);
}

// --- the browser's database ---------------------------------------------------------------------

let opened = null;

function base() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(BASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(POSTS, { autoIncrement: true });
      request.result.createObjectStore(LISTS);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function read(name, work) {
  const store = (await base()).transaction(name).objectStore(name);
  return work(store);
}

// Resolves once the browser has written it to disk, as far as it tells.
async function change(name, work, durability = "strict") {
  const transaction = (await base()).transaction(name, "readwrite", { durability });
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

function ask(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
