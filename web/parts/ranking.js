// Choices by tapping: the first row tapped is first, a tap on a chosen row takes it off again.
// The three lists above the rows are what the form sends; without this module they do alone.

export function ranking(fieldset) {
  const words = fieldset.dataset;
  const said = fieldset.querySelector("[data-said]");
  const ranks = [words.first, words.second, words.third];
  const slots = [...fieldset.querySelectorAll("select")];
  const rows = [...fieldset.querySelectorAll("[data-card]")].map((element) => dress(element));
  let before = chosen();

  fieldset.classList.add("ranking--tap");
  for (const row of rows) row.element.addEventListener("click", () => tap(row));
  for (const slot of slots) slot.addEventListener("change", () => put(slot));
  fieldset.querySelector("[data-search]")?.addEventListener("input", (event) => {
    const found = narrow(rows, event.target.value);
    say(found ? "" : words.nothing, true);
    event.target.scrollIntoView({ block: "nearest" });
  });
  show();

  function chosen() { return slots.map((slot) => slot.value); }

  function tap(row) {
    const now = chosen().filter(Boolean);
    if (now.includes(row.key)) {
      write(now.filter((key) => key !== row.key));
    } else if (now.length < slots.length) {
      write([...now, row.key]);
    } else {
      return say(words.enough, true);
    }
    show();
    say(`${row.title}: ${nameOf(row)}`);
  }

  // What another list held is swapped rather than said twice.
  function put(slot) {
    const at = slots.indexOf(slot);
    const twin = slots.find((other) => other !== slot && slot.value && other.value === slot.value);
    if (twin) twin.value = before[at];
    show();
    say("");
  }

  function write(keys) { slots.forEach((slot, at) => { slot.value = keys[at] ?? ""; }); }

  function nameOf(row) { return ranks[chosen().indexOf(row.key)] ?? words.none; }

  function say(text, seen = false) {
    said.textContent = text;
    said.classList.toggle("visually-hidden", !(text && seen));
  }

  function show() {
    before = chosen();
    for (const row of rows) {
      const at = before.indexOf(row.key);
      row.element.classList.toggle("ranking__row--chosen", at >= 0);
      row.element.dataset.rank = at >= 0 ? at + 1 : "";
      row.element.setAttribute("aria-pressed", String(at >= 0));
      row.element.setAttribute("aria-label", `${row.words}, ${nameOf(row)}`);
    }
    slots.forEach((slot) => slot.classList.toggle("ranking__filled", Boolean(slot.value)));
  }
}

// A row becomes a button of the same look and words.
function dress(row) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = row.className;
  element.dataset.card = row.dataset.card;
  element.append(...row.childNodes);
  row.replaceWith(element);
  const title = element.querySelector(".ranking__title").textContent;
  const words = element.textContent.trim();
  return { element, title, words, key: element.dataset.card, text: folded(words) };
}

// Hide the rows that lack a word of the search; how many stay.
function narrow(rows, query) {
  const wanted = folded(query).split(/\s+/).filter(Boolean);
  let stay = 0;
  for (const { element, text } of rows) {
    element.hidden = !wanted.every((word) => text.includes(word));
    stay += !element.hidden;
  }
  return stay;
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
}
