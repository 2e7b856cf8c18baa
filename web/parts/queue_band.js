// The band that says what waits on this device, and what the server would not take.
import { again, drop, listen, send, sendAnew, waiting } from "./queue.js";
import { keptSince } from "./keeping.js";

export function queueBand(band) {
  const words = band.querySelector("[data-queue-words]");
  const list = band.querySelector("[data-queue-refused]");
  const note = band.querySelector("[data-queue-kept]");
  const model = band.querySelector("template");

  let looks = 0;
  async function show() {
    const look = (looks += 1);
    const all = await waiting().catch(() => []);
    if (look !== looks) return; // a later look has begun, and sees more
    const refused = all.filter(({ state }) => state === "refused");
    const count = all.length - refused.length;
    const kept = keptSince();
    const parts = [];
    if (!navigator.onLine) parts.push(band.dataset.offline);
    else if (kept) parts.push(`${band.dataset.kept} ${kept.toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`);
    if (count) parts.push(`${count} ${count === 1 ? band.dataset.one : band.dataset.many}`);
    words.textContent = parts.join(" · ");
    words.parentElement.hidden = parts.length === 0;
    list.replaceChildren(...refused.map(line));
    band.hidden = parts.length === 0 && refused.length === 0 && note.hidden;
  }

  function line(entry) {
    const item = model.content.cloneNode(true);
    item.querySelector("[data-what]").textContent = entry.label;
    item.querySelector("[data-why]").textContent = entry.status === 404 ? band.dataset.signedOut : entry.words.join(" ");
    const words = typed(entry.body);
    const shown = item.querySelector("[data-typed]");
    shown.hidden = !words;
    item.querySelector("[data-typed-words]").value = words;
    const copy = item.querySelector("[data-copy]");
    copy.hidden = !words || !navigator.clipboard;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words).catch(() => shown.setAttribute("open", ""));
      copy.textContent = copy.dataset.done;
    });
    item.querySelector("[data-again]").addEventListener("click", () => again(entry.number));
    item.querySelector("[data-drop]").addEventListener("click", () => confirm(band.dataset.sure) && drop(entry.number));
    return item;
  }

  // What somebody typed, without the keys that belong to the machine.
  function typed(pairs) {
    const machine = new Set(["csrfmiddlewaretoken", "act", "from", "seen", "consent"]);
    return pairs.filter(([name, value]) => typeof value === "string" && value.trim() && !machine.has(name) && !name.startsWith("mark"))
      .map(([, value]) => value.trim()).join("\n");
  }

  listen(show);
  addEventListener("online", () => { show(); sendAnew(); });
  addEventListener("offline", show);
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  show();
  send();
}
