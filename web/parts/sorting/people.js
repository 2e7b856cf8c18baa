// Who is at the table and what they hold: told while it lasts, kept nowhere.
import { card, pile, refresh, root, say, sort, total } from "./board.js";

const BEAT = 20000;
const list = root.querySelector("[data-hands]");
const address = `${root.dataset.base}hands/`;
let holding = "";

export function hold(key) {
  if (holding === key) return;
  holding = key;
  beat();
}

export async function beat() {
  const answer = await fetch(address, { method: "POST", body: body(), headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const { hands, ideas } = await answer.json();
  show(hands);
  if (ideas !== total()) refresh();
}

function body(left = false) {
  const fields = new FormData();
  fields.append("csrfmiddlewaretoken", sort.elements.csrfmiddlewaretoken.value);
  fields.append(left ? "left" : "holds", left ? "yes" : holding);
  return fields;
}

export function show(hands) {
  for (const each of root.querySelectorAll("[data-held]")) delete each.dataset.held;
  list.replaceChildren(
    ...hands.map(({ who, name, holds }) => {
      const item = document.createElement("li");
      const me = who === root.dataset.me;
      const busy = Boolean(holds);
      item.textContent = me ? say("you") : busy ? say("holding", { name }) : name;
      item.toggleAttribute("data-busy", busy);
      const held = busy && !me ? (card(holds) ?? pile(holds)) : null;
      if (held) held.dataset.held = name;
      return item;
    }),
  );
}

export function stay() {
  beat();
  setInterval(beat, BEAT);
  addEventListener("pagehide", () => navigator.sendBeacon(address, body(true)));
  addEventListener("pageshow", (event) => event.persisted && beat());
}
