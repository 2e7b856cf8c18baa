// Giving an idea: close ideas show below the field, and what is typed survives until it is kept.
//
// The draft stays in this browser from the first key until the server said thank you for it. Close
// ideas are fetched when the hand rests; they are an offer below the field, never a step.

const REST = 400; // milliseconds without a key
const FEWEST = 8;
const form = document.querySelector("form[data-idea]");
const field = form?.elements.text;
const box = document.querySelector("[data-near]");
const draft = `essor:idea:${form?.dataset.idea}`;
let timer = 0;
let asked = 0;

if (form) {
  if (document.querySelector("[data-idea-kept]")) forget(draft);
  else if (!field.value) field.value = read(draft);
  field.addEventListener("input", () => {
    write(draft, field.value);
    clearTimeout(timer);
    timer = setTimeout(look, REST);
  });
  form.addEventListener("essor:written", () => forget(draft));
  box?.addEventListener("submit", stand);
  if (field.value) look();
}

async function look() {
  const text = field.value.trim();
  const turn = ++asked;
  if (!box || text.length < FEWEST) return show("");
  try {
    const answer = await fetch(`${box.dataset.near}?text=${encodeURIComponent(text.slice(0, 500))}`);
    const html = answer.ok ? await answer.text() : "";
    if (turn === asked) show(html);
  } catch {
    // No network: nothing to show, and nothing to say about it here.
  }
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  box.replaceChildren(...page.body.childNodes);
  box.hidden = !box.textContent.trim();
}

// Standing behind an idea without leaving what one was typing.
async function stand(event) {
  const support = event.target.closest("[data-support]");
  if (!support) return;
  event.preventDefault();
  const data = new FormData(support);
  for (const name of ["first_name", "email"]) data.set(name, form.elements[name]?.value ?? "");
  try {
    const answer = await fetch(support.action, { method: "POST", body: data });
    if (!answer.ok) throw new Error(String(answer.status));
    const words = document.createElement("p");
    words.className = "near__done";
    words.textContent = box.dataset.done;
    support.replaceChildren(words);
  } catch {
    support.submit();
  }
}

function read(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key, text) {
  try {
    localStorage.setItem(key, text);
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
