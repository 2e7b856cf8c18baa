// Everybody who may come, kept on this phone: who it is, which table, who is here already.
//
// The list of the server is fetched again and again while there is network. What this phone did
// since (who it let in, whom it seated) lies over it, read from what waits in the queue.
import { keepList, keptList, waiting } from "./queue.js";

const EVERY = 20_000; // milliseconds between two looks at the server's list
const [ID, CODE, NAME, LETTER, STATE, TABLE, ARRIVED] = [0, 1, 2, 3, 4, 5, 6];
const [NUMBER, TAKEN, MOST, TOPICS, WORDS] = [0, 1, 2, 3, 4];
const RANDOM = Math.random(); // so that two phones do not fill the same table first

export class DoorList {
  constructor(address) {
    this.address = address;
    this.people = [];
    this.tables = [];
    this.reachable = navigator.onLine;
  }

  async open() {
    const kept = await keptList(this.address).catch(() => null);
    if (kept) this.take(kept.list);
    this.etag = kept?.etag ?? "";
    await this.refresh();
    setInterval(() => document.visibilityState === "visible" && this.refresh(), EVERY);
    addEventListener("online", () => this.refresh());
    addEventListener("offline", () => (this.reachable = false));
  }

  async refresh() {
    try {
      const headers = this.etag ? { "If-None-Match": this.etag } : {};
      const answer = await fetch(this.address, { headers, signal: AbortSignal.timeout?.(10_000) });
      this.reachable = answer.ok || answer.status === 304;
      if (!answer.ok) return;
      const list = await answer.json();
      this.etag = answer.headers.get("ETag") ?? "";
      this.take(list);
      await keepList(this.address, { list, etag: this.etag, at: Date.now() });
    } catch {
      this.reachable = false;
    }
  }

  take({ people, tables }) {
    this.people = people.map((row) => ({ id: row[ID], code: row[CODE], name: row[NAME], letter: row[LETTER], state: row[STATE], table: row[TABLE], arrived: row[ARRIVED], folded: fold(row[NAME]) }));
    this.tables = tables.map((row) => ({ number: row[NUMBER], taken: row[TAKEN], most: row[MOST], topics: row[TOPICS], words: row[WORDS] }));
  }

  byCode(text) {
    const code = /(?:^|\/)([a-z0-9]{4,8})\/?(?:[?#].*)?$/i.exec(text.replace(/\s+/g, ""))?.[1]?.toUpperCase();
    return code && this.people.find((person) => person.code === code);
  }

  byId(id) {
    return this.people.find((person) => person.id === id);
  }

  /** Those whose names begin with these words, in any order. */
  search(query, most = 12) {
    const words = fold(query).split(" ").filter(Boolean);
    if (!words.length) return [];
    const fits = ({ folded }) => words.every((word) => ` ${folded}`.includes(` ${word}`));
    return this.people.filter(fits).slice(0, most);
  }

  topicsOf(number) {
    return this.tables.find((table) => table.number === number)?.words ?? "";
  }

  /** A table with room for somebody new: one of the wished challenge where there is one. */
  async tableFor(challenge) {
    const told = (await waiting()).map(({ body }) => Number(new Map(body).get("told"))).filter(Boolean);
    const free = (table) => table.most - table.taken - told.filter((number) => number === table.number).length;
    const open = this.tables.filter((table) => free(table) > 0);
    const wished = open.filter(({ topics }) => topics.includes(Number(challenge)));
    const choice = (wished.length ? wished : open).sort((a, b) => free(b) - free(a));
    const best = choice.filter((table) => free(table) === free(choice[0]));
    return best[Math.floor(RANDOM * best.length)] ?? null;
  }
}

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
