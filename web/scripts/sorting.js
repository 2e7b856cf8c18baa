// The sorting table: the page is a list of forms that work without this; here it becomes a wall of
// cards that several people move at once. Parts: what lies there (board), acts, drag, keys, people.
import { heardLive, open, place, post, undo } from "../parts/sorting/acts.js";
import { chosen, refresh, root, showChosen, sort, unchoose } from "../parts/sorting/board.js";
import { dragging } from "../parts/sorting/drag.js";
import { keyboard } from "../parts/sorting/keys.js";
import { mover } from "../parts/sorting/mover.js";
import { hold, show as showHands, stay } from "../parts/sorting/people.js";
import { follow } from "./live.js";

const KEPT = "essor-sorting-way";
const panel = root.querySelector("[data-panel-dialog]");

function way(name) {
  root.classList.toggle("sorting--wall", name === "wall");
  for (const button of root.querySelectorAll("[data-way]")) button.setAttribute("aria-pressed", String(button.dataset.way === name));
  showChosen();
}

function ways() {
  root.querySelector("[data-ways]").hidden = false;
  const kept = localStorage.getItem(KEPT);
  way(kept ?? (matchMedia("(min-width: 56rem)").matches ? "wall" : "list"));
  for (const button of root.querySelectorAll("[data-way]")) {
    button.addEventListener("click", () => {
      localStorage.setItem(KEPT, button.dataset.way);
      way(button.dataset.way);
    });
  }
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function searching() {
  root.querySelector("[data-search] input").addEventListener("input", (event) => {
    const typed = fold(event.target.value.trim());
    for (const item of root.querySelectorAll("[data-table] [data-idea]")) {
      item.classList.toggle("idea--unlike", Boolean(typed) && !fold(item.textContent).includes(typed));
    }
  });
}

// The bar below: the same form, sent without leaving the page.
function bar() {
  root.addEventListener("change", (event) => event.target.closest("[data-idea]") && showChosen());
  root.querySelector("[data-none]").addEventListener("click", unchoose);
  sort.addEventListener("submit", async (event) => {
    event.preventDefault();
    const keys = chosen();
    const { to, name } = sort.elements;
    if (!to.value || (!keys.length && to.value !== "new")) return to.focus();
    if (to.value === "new") await open(keys, name.value);
    else place(keys, to.value === "waiting" ? "" : to.value);
    to.value = name.value = "";
    unchoose();
  });
  for (const form of root.querySelectorAll("[data-undo]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      undo(form.elements.move.value);
    });
  }
}

// A group's own page, opened beside the table.
function groups() {
  root.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-panel-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return refresh();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const close = root.querySelector("[data-mover] form").cloneNode(true);
    close.querySelector("h2").remove();
    panel.replaceChildren(close, document.adoptNode(page.querySelector("[data-panel]")));
    panel.querySelector("h1").outerHTML = panel.querySelector("h1").outerHTML.replace(/h1/g, "h2");
    panel.dataset.group = link.closest("[data-pile]").dataset.pile;
    hold(panel.dataset.group);
    panel.showModal();
  });
  panel.addEventListener("close", () => hold(""));
  panel.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    event.preventDefault();
    const fields = [...new FormData(form, event.submitter)].filter(([name]) => !["csrfmiddlewaretoken", "act"].includes(name));
    if (await post(form.action, fields)) panel.close();
  });
}

ways();
searching();
bar();
groups();
mover();
dragging();
keyboard();
stay();
follow(root.dataset.live, {
  after: root.dataset.after,
  change: heardLive,
  missed: refresh,
  present: showHands,
});
