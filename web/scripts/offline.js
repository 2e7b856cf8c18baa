// Pages that work without network: kept on the device, their forms go through the queue.
//
//   <main data-offline>                    keep this page
//   <form data-queue data-label="...">     written down first, sent when the network allows
//                                          `essor:written` is told to the form once it is on disk
//   <c-queue-band />                       says what waits; a page with such forms has one
//   <a data-keep href="...">               keep that page as well
import { keepPages } from "../parts/keeping.js";
import { drop, listen, put } from "../parts/queue.js";
import { queueBand } from "../parts/queue_band.js";

const AT_ONCE = 4_000; // milliseconds within which an answer is worth waiting for

document.querySelectorAll("[data-queue-band]").forEach(queueBand);
document.querySelectorAll("form[data-queue]").forEach(queued);

const keeping = document.querySelector("[data-offline]");
if (keeping) {
  const said = document.querySelector("[data-kept]");
  const others = [...document.querySelectorAll("a[data-keep]")].map(({ href }) => href);
  keepPages([location.href, ...others], () => { if (said) said.hidden = false; });
}

function queued(form) {
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    try {
      const number = await put({ url: form.action, body: pairs(form, event.submitter), label: labelOf(form) });
      form.dispatchEvent(new Event("essor:written"));
      await outcome(number, form);
    } catch {
      form.submit(); // the browser keeps nothing for us: the ordinary way
    }
    // A double tap must not send the emptied form: it is used again once something is written in it.
    form.addEventListener("input", () => delete form.dataset.busy, { once: true });
  });
}

function go(address) {
  const there = new URL(address, location.href);
  const here = there.pathname === location.pathname && there.search === location.search;
  location.assign(there);
  if (here) location.reload(); // only the place on the page changed
}

function outcome(number, form) {
  const band = document.querySelector("[data-queue-band]");
  const note = band.querySelector("[data-queue-kept]");
  note.hidden = true;
  return new Promise((resolve) => {
    const wait = setTimeout(() => end("kept"), navigator.onLine ? AT_ONCE : 0);
    const stop = listen((news) => news.number === number && end(news.state, news.answer));

    function end(state, answer) {
      clearTimeout(wait);
      stop();
      if (state === "arrived") go(answer.location);
      else if (state === "refused") drop(number).then(() => form.submit()); // the page with its reasons
      else {
        form.reset();
        band.hidden = note.hidden = false;
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
