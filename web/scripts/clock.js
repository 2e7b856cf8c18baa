// A timer on a page that is fetched again now and then: `data-left` seconds, shown as 24:10.

export function startClocks(root) {
  const began = performance.now();
  const clocks = [...root.querySelectorAll("[data-clock][data-left]")];
  const tell = () => {
    for (const clock of clocks) {
      const left = Math.max(0, Number(clock.dataset.left) - (performance.now() - began) / 1000);
      const whole = Math.floor(left);
      const text = `${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`;
      if (clock.textContent !== text) clock.textContent = text;
    }
  };
  tell();
  const timer = setInterval(tell, 250);
  return () => clearInterval(timer);
}

function pad(number) {
  return String(number).padStart(2, "0");
}
