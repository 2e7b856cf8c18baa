// The time left of a phase, told in minutes: it goes down by itself between two loads of a page.
const began = performance.now();

for (const element of document.querySelectorAll("[data-left]")) {
  const words = element.querySelector("[data-minutes]");
  const seconds = Number(element.dataset.left);
  if (!words) continue;
  const tell = () => {
    const left = Math.max(0, seconds - (performance.now() - began) / 1000);
    const minutes = Math.ceil(left / 60);
    const text = `${minutes} ${element.dataset.unit}`;
    if (words.textContent !== text && left > 0) words.textContent = text;
  };
  setInterval(tell, 5000);
}
