// Pages that work without network: kept on the device, their forms go through the queue.
//
//   <main data-offline>                    keep this page
//   <form data-queue data-label="...">     written down first, sent when the network allows
//   <p data-queue-kept hidden>             shown when the posting waits instead of having arrived
import { keepPage } from "../parts/keeping.js";
import { listen, put } from "../parts/queue.js";
import { queueBand } from "../parts/queue_band.js";

const AT_ONCE = 4_000; // milliseconds within which an answer is worth waiting for

document.querySelectorAll("[data-queue-band]").forEach(queueBand);
document.querySelectorAll("form[data-queue]").forEach(queued);

const keeping = document.querySelector("[data-offline]");
if (keeping) {
  const said = document.querySelector("[data-kept]");
  keepPage({ done: () => { if (said) said.hidden = false; } });
}

function queued(form) {
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const note = document.querySelector("[data-queue-kept]");
    if (note) note.hidden = true;
    try {
      const number = await put({ url: form.action, body: pairs(form, event.submitter), label: labelOf(form) });
      await outcome(number, form, note);
    } catch {
      form.submit(); // the browser keeps nothing for us: the ordinary way
    } finally {
      delete form.dataset.busy;
    }
  });
}

function outcome(number, form, note) {
  return new Promise((resolve) => {
    const wait = setTimeout(() => end("kept"), navigator.onLine ? AT_ONCE : 0);
    const stop = listen((news) => news.number === number && end(news.state, news.answer));

    function end(state, answer) {
      clearTimeout(wait);
      stop();
      if (state === "arrived" && answer.location && form.dataset.queue !== "stay") location.assign(answer.location);
      else if (state !== "refused") {
        form.reset();
        form.dispatchEvent(new CustomEvent("essor:queued", { bubbles: true, detail: { state } }));
      }
      if (state === "kept" && note) {
        note.hidden = false;
        note.focus();
      }
      resolve();
    }
  });
}

function pairs(form, submitter) {
  const left = new Set(["csrfmiddlewaretoken", "act"]); // the queue has its own
  const found = [...new FormData(form)].filter(([name, value]) => !left.has(name) && !(value instanceof File && !value.size));
  if (submitter?.name) found.push([submitter.name, submitter.value]);
  return found;
}

function labelOf(form) {
  const named = form.dataset.labelFrom && form.elements[form.dataset.labelFrom]?.value;
  return [form.dataset.label, named].filter(Boolean).join(" · ").slice(0, 120);
}
