// The door: reads tickets with the camera, and goes on without network from the list on this phone.
// Everything works without this script as long as there is network.
import { camera } from "../parts/camera.js";
import { DoorList } from "../parts/door_list.js";
import { listen, put, waiting } from "../parts/queue.js";

const PATIENCE = 2_500; // milliseconds before the phone's own list answers; the server knows it

const page = document.querySelector("[data-door]");
const list = new DoorList(page.dataset.list);
const scanForm = page.querySelector("[data-door-scan]");
const search = page.querySelector("[name=q]");
const found = page.querySelector("#found");
const model = page.querySelector("[data-door-sign]");
let sign = null;
let shownFor = 0; // the posting whose sign is on the screen

list.open();

// --- letting in ---------------------------------------------------------------------------------

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-let-in]")) {
    const person = list.byId(form.dataset.letIn);
    if (person) take(event, () => letIn(person));
  } else if (form.matches("[data-door-scan]")) {
    const person = list.byCode(form.elements.code.value);
    if (person) take(event, () => letIn(person));
    else if (!list.reachable) take(event, unknown);
  } else if (form.matches("[data-door-walk-in]")) {
    take(event, () => walkIn(form, event.submitter));
  } else if (form.matches("[role=search]") && !list.reachable) {
    take(event, localSearch);
  }
});

function take(event, act) {
  event.preventDefault();
  act();
}

async function letIn(person, more = []) {
  const here = person.arrived || (await letInHere(person));
  const state = here ? "again" : person.state;
  if (state !== "registered" && !(more.length && !here)) {
    if (list.reachable) location.assign(page.dataset.people + person.id + "/" + (here ? "?was=here" : ""));
    else show(state, person);
    return;
  }
  const told = person.table ? [["told", String(person.table)]] : [];
  await send({ url: `${page.dataset.people}${person.id}/`, body: [...told, ...more], label: person.name }, () => show("welcome", person));
}

async function letInHere(person) {
  return (await waiting()).some(({ url }) => url.includes(`/people/${person.id}/`));
}

async function walkIn(form, submitter) {
  const values = Object.fromEntries(new FormData(form));
  const table = list.reachable ? null : await list.tableFor(values.challenge);
  const pairs = ["first_name", "last_name", "sphere", "challenge"].map((name) => [name, values[name] ?? ""]);
  if (table) pairs.push(["told", String(table.number)]);
  else if (!list.reachable) pairs.push(["without_seat", "yes"]);
  if (submitter?.name) pairs.push([submitter.name, submitter.value]);
  const name = `${values.first_name} ${values.last_name}`.trim();
  if (!name) return form.reportValidity();
  await send({ url: form.action, body: pairs, label: [form.dataset.label, name].join(" · ") }, () => {
    show("welcome", { name, table: table?.number ?? null });
    form.reset();
  });
}

// Written down first; the server's own sign when it answers in time, this phone's otherwise.
async function send(posting, otherwise) {
  const number = await put(posting);
  shownFor = number;
  const late = setTimeout(() => otherwise(), list.reachable ? PATIENCE : 0);
  const stop = listen((news) => {
    if (news.number !== number) return;
    clearTimeout(late);
    stop();
    if (news.state === "arrived" && shownFor === number) location.assign(news.answer.location);
    else if (news.state === "refused" && shownFor === number) refused();
  });
}

// The band above says why; a page loaded again might be the one that asks to sign in, without it.
function refused() {
  close();
  page.scrollIntoView({ block: "start" });
}

// --- what this phone knows ----------------------------------------------------------------------

function show(state, person) {
  close();
  const parts = model.content.cloneNode(true);
  sign = parts.querySelector(".door-sign");
  sign.classList.add(`door-sign--${state}`);
  for (const each of sign.querySelectorAll("[data-sign]")) each.hidden = !each.dataset.sign.split(" ").includes(state);
  sign.querySelector("[data-sign-name]").textContent = person.name;
  const table = sign.querySelector("[data-sign-table]");
  table.hidden = !person.table || !["welcome", "again"].includes(state);
  table.querySelector("strong").textContent = person.table ?? "";
  sign.querySelector("[data-sign-topics]").textContent = table.hidden ? "" : list.topicsOf(person.table);
  sign.querySelector("[data-sign-next]").addEventListener("click", next);
  sign.querySelector("[data-sign-let-in]").addEventListener("click", () => letIn(person, [["let_in", "yes"]]));
  found?.replaceChildren();
  model.before(sign);
  sign.scrollIntoView({ block: "start" });
  sign.querySelector("[data-sign-next]").focus();
}

function next() {
  close();
  shownFor = 0;
  const start = scanForm?.elements.code ?? page.querySelector("[name=first_name]");
  if (scanForm) scanForm.reset();
  if (search) search.value = "";
  found?.replaceChildren();
  start?.focus();
}

function close() {
  sign?.remove();
  sign = null;
  const note = page.querySelector("[data-door-unknown]");
  if (note) note.hidden = true;
}

function unknown() {
  close();
  page.querySelector("[data-door-unknown]").hidden = false;
}

function localSearch() {
  const rows = list.search(search.value).map((person) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.className = "rows__main";
    name.textContent = person.table ? `${person.name} · ${person.table}` : person.name;
    const button = document.createElement("button");
    button.className = "button button--primary button--small";
    button.type = "button";
    button.textContent = scanForm.querySelector("button").textContent.trim();
    button.setAttribute("aria-label", `${button.textContent} : ${person.name}`);
    button.addEventListener("click", () => letIn(person));
    item.append(name, button);
    return item;
  });
  const all = document.createElement("ul");
  all.className = "rows door__found";
  all.append(...rows);
  found.replaceChildren(all);
  if (!rows.length && search.value.trim()) unknown();
}

search?.addEventListener("input", () => {
  close();
  if (!list.reachable) localSearch();
});
// The search asks the server while there is one; the first silence, and the phone's own list answers.
search?.addEventListener("htmx:before:request", (event) => list.reachable || event.preventDefault());
search?.addEventListener("htmx:error", () => {
  list.reachable = false;
  localSearch();
});

// --- the camera ---------------------------------------------------------------------------------

const button = scanForm?.querySelector("[data-door-camera]");
if (button && navigator.mediaDevices?.getUserMedia) {
  const screen = document.querySelector("[data-door-screen]");
  const eye = camera({ button, screen, decoder: scanForm.dataset.decoder });
  button.hidden = false;
  button.addEventListener("click", () => {
    if (eye.running()) return eye.stop();
    return eye.scan((text) => {
      scanForm.elements.code.value = text;
      scanForm.requestSubmit();
    });
  });
}
