// Suggestions of communes under a text field that works without them (ARIA combobox pattern).

const WAIT = 120;

export function commune(box) {
  const field = box.querySelector("input[type=text]");
  const code = box.querySelector("input[type=hidden]");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let found = [];
  let active = -1;
  let timer = 0;
  let asked = 0;

  list.className = "commune__list";
  list.id = `${field.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent.trim());
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("autocomplete", "off");
  field.after(list, status);

  field.addEventListener("input", () => {
    code.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    choose(Number(option.dataset.index));
  });

  async function ask() {
    const text = field.value.trim();
    const turn = ++asked;
    if (text.length < 2) return close();
    try {
      const answer = await fetch(box.dataset.communes + encodeURIComponent(text));
      const { communes } = await answer.json();
      if (turn === asked && document.activeElement === field) open(communes);
    } catch {
      close();
    }
  }

  function open(communes) {
    found = communes;
    active = -1;
    list.replaceChildren(...found.map((one, index) => option(one, index)));
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    field.removeAttribute("aria-activedescendant");
    status.textContent = found.length ? `${found.length} ${box.dataset.some}` : "";
  }

  function option(one, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.dataset.index = index;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const postcode = document.createElement("span");
    postcode.className = "muted small";
    postcode.textContent = one.postcode;
    item.append(`${one.name} `, postcode);
    return item;
  }

  function onKey(event) {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark((active + step + found.length) % found.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      close();
    }
  }

  function mark(index) {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    field.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }

  function choose(index) {
    field.value = found[index].name;
    code.value = found[index].code;
    close();
  }

  function close() {
    asked++;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
}
