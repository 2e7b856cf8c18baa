// Choices by tapping: the first card tapped is first, a tap on a chosen card takes it off again.
// Without this module each card holds one radio a rank; with it the radios stay, out of sight,
// and remain what the form sends.

export function ranking(fieldset) {
  const most = Number(fieldset.dataset.most);
  const said = fieldset.querySelector("[data-said]");
  const words = [fieldset.dataset.none, fieldset.dataset.first, fieldset.dataset.second, fieldset.dataset.third];
  const cards = [...fieldset.querySelectorAll("[data-card]")].map((element) => dress(element));
  let chosen = cards
    .map((card) => ({ card, rank: rankOf(card) }))
    .filter(({ rank }) => rank)
    .sort((one, other) => one.rank - other.rank)
    .map(({ card }) => card);

  fieldset.classList.add("ranking--tap");
  for (const card of cards) card.button.addEventListener("click", () => tap(card));
  show();

  function tap(card) {
    if (chosen.includes(card)) {
      chosen = chosen.filter((other) => other !== card);
    } else if (chosen.length === most) {
      said.textContent = fieldset.dataset.enough;
      fieldset.classList.add("ranking--full");
      return;
    } else {
      chosen = [...chosen, card];
    }
    show();
    said.textContent = `${card.title}: ${words[chosen.indexOf(card) + 1]}`;
  }

  function show() {
    fieldset.classList.toggle("ranking--full", false);
    for (const card of cards) {
      const rank = chosen.indexOf(card) + 1;
      card.element.classList.toggle("ranking__chosen", rank > 0);
      card.mark.textContent = rank || "+";
      card.button.setAttribute("aria-pressed", String(rank > 0));
      card.button.setAttribute("aria-label", `${card.title}, ${words[rank]}`);
      card.radios.forEach((radio, index) => { radio.checked = index + 1 === rank; });
    }
  }
}

function dress(element) {
  const title = element.querySelector(".choice__title").textContent;
  const radios = [...element.querySelectorAll("input[type=radio]")];
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ranking__tap";
  const mark = document.createElement("span");
  mark.className = "choice__mark";
  mark.setAttribute("aria-hidden", "true");
  element.prepend(button, mark);
  return { element, title, radios, button, mark };
}

function rankOf(card) {
  return card.radios.findIndex((radio) => radio.checked) + 1;
}
