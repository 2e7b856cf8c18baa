// The preview beside a territory's identity follows what is being typed and chosen. Whether a colour
// can be kept is the server's to say; here only the ink that reads better on it is picked, as there.
const preview = document.querySelector("[data-brand]");
const field = (name) => document.getElementById(`id_${name}`);
const INKS = ["#1f1b33", "#fffdf8"];

function luminance(colour) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function inkOn(colour) {
  const contrast = (ink) => {
    const [dark, light] = [luminance(ink), luminance(colour)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };
  return contrast(INKS[0]) >= contrast(INKS[1]) ? INKS[0] : INKS[1];
}

function shorten(words, most) {
  return words.length > most ? `${words.slice(0, most - 1)}…` : words;
}

function show() {
  const part = (name) => preview.querySelector(`[data-brand-${name}]`);
  const [primary, accent] = [field("primary").value, field("accent").value];
  part("primary").setAttribute("fill", primary);
  part("accent").setAttribute("fill", accent);
  part("button").setAttribute("fill", inkOn(accent));
  for (const [name, empty, most] of [["name", "…", 24], ["promise", "", 48]]) {
    part(name).setAttribute("fill", inkOn(primary));
    part(name).textContent = shorten(field(name).value || empty, most);
  }
}

if (preview && field("primary") && field("accent")) {
  for (const name of ["primary", "accent", "name", "promise"]) field(name).addEventListener("input", show);
}
