// The table whose people stand beside the plan stays marked; who chose it by keyboard is led there.
const tables = document.querySelector(".plan__tables");
const side = document.querySelector("#side");
let led = false;

tables?.addEventListener("click", (event) => {
  const chosen = event.target.closest(".plan-table");
  if (!chosen) return;
  tables.querySelector("[aria-current]")?.removeAttribute("aria-current");
  chosen.setAttribute("aria-current", "true");
  led = event.detail === 0; // a key, not a pointer
});

if (side) new MutationObserver(() => led && side.querySelector("h2")?.focus()).observe(side, { childList: true });
