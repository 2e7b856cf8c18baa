// Typing mode: one line, one idea. Lines are counted, and kept in this browser until they came in.

const form = document.querySelector("form[data-typing]");
const kept = document.querySelector("[data-typing-kept]")?.dataset.typingKept;
const prefix = "essor:typing:";

if (kept) storage((box) => box.removeItem(prefix + kept));
if (form) {
  const area = form.elements.text;
  const count = form.querySelector("[data-typing-count]");
  const key = prefix + form.dataset.typing;
  if (!area.value) area.value = storage((box) => box.getItem(key)) ?? "";
  area.addEventListener("input", () => {
    storage((box) => box.setItem(key, area.value));
    tell();
  });
  form.addEventListener("essor:queued", () => storage((box) => box.removeItem(key)));
  tell();

  function tell() {
    const lines = area.value.split("\n").filter((line) => line.trim()).length;
    count.textContent = `${lines} ${lines === 1 ? count.dataset.one : count.dataset.many}`;
    count.hidden = lines === 0;
  }
}

// A full or forbidden storage: the page itself still holds the text.
function storage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
