// The phone's menu closes by Escape and gives the focus back to its button; it opens without this.
const menu = document.querySelector(".header .menu");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
