// Asks the ticket's worker to keep this page readable without network; without it, nothing changes.
const page = document.querySelector("[data-worker]");

if ("serviceWorker" in navigator && page) {
  const said = page.querySelector("[data-kept]");
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data === "kept") said.hidden = false; });
  navigator.serviceWorker
    .register(page.dataset.worker)
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => {
      const styles = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href);
      active.postMessage([location.href, ...styles]);
    })
    .catch(() => {});
}
