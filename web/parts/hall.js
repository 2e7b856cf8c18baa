// What everybody in the hall follows: the phase and its time, a word to the room, who speaks now.
//
// It comes in the stream itself, so that a phase reaches a thousand phones at once without a
// thousand pages being fetched. Parts marked data-fresh look again a little later, each phone at
// its own moment, and never while somebody is writing in them.
import { follow } from "../scripts/live.js";

const SPREAD = 8000; // milliseconds over which the phones of a hall look again after a new phase
const SOON = 400;

export function hall(root) {
  const words = new Map([...root.querySelectorAll("[data-phase]")].map((each) => [each.dataset.phase, each]));
  const clocks = [...document.querySelectorAll("[data-left]")].map(countdown);
  let timer = 0;

  function now(state) {
    const known = words.get(String(state.phase));
    const place = root.querySelector("[data-hall-phase]");
    place.hidden = !known;
    for (const part of known ? ["name", "invitation"] : []) {
      place.querySelector(`[data-${part}]`).textContent = known.querySelector(`[data-${part}]`).textContent;
    }
    for (const clock of clocks) clock.set(state.left, state.running);
    const message = root.querySelector("[data-hall-message]");
    message.hidden = !state.message;
    message.querySelector("span").textContent = state.message;
    const pitch = root.querySelector("[data-hall-pitch]");
    pitch.hidden = !state.pitching;
    if (state.pitching) {
      pitch.querySelector("[data-number]").textContent = state.pitching[0];
      pitch.querySelector("a").href = `${root.dataset.commit}?table=${state.pitching[1]}`;
    }
    later(Math.random() * SPREAD);
  }

  function later(wait) {
    timer ||= setTimeout(refresh, wait);
  }

  async function refresh() {
    timer = 0;
    const parts = [...document.querySelectorAll("[data-fresh]")];
    if (!parts.length) return;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const same = fresh.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
      const writing = [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value) || part.contains(document.activeElement);
      if (same && !writing) part.replaceWith(document.adoptNode(same));
    }
  }

  follow(root.dataset.live, {
    after: root.dataset.after,
    change(change) {
      if (change.hall) now(change.hall);
      if (change.tables?.includes(Number(root.dataset.table))) later(SOON);
    },
    missed: () => later(Math.random() * SPREAD),
  });
}

// The time left, told in minutes; it goes down by itself between two words from the server.
export function countdown(element) {
  const words = element.querySelector("[data-minutes]");
  let seconds = Number(element.dataset.left);
  let began = performance.now();
  let running = element.dataset.running === "yes";

  function tell() {
    if (!words) return;
    const left = Math.max(0, seconds - (running ? (performance.now() - began) / 1000 : 0));
    const text = `${Math.ceil(left / 60)} ${element.dataset.unit}`;
    if (words.textContent !== text) words.textContent = text;
  }

  setInterval(tell, 5000);
  return {
    set(left, runs) {
      element.hidden = left === null;
      [seconds, began, running] = [left, performance.now(), runs];
      tell();
    },
  };
}
