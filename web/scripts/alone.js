// Names the pages that this device kept, by their titles.
const list = document.querySelector("[data-kept-pages]");
const none = document.querySelector("[data-kept-none]");

if (navigator.onLine && location.pathname === "/offline/") {
  const title = document.querySelector("[data-alone]");
  title.textContent = title.dataset.online;
  document.querySelector("[data-alone-lead]").hidden = true;
}

async function show() {
  const shelf = await caches.open("essor-pages-1");
  for (const request of await shelf.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname === location.pathname || pathname === "/offline/") continue;
    const page = new DOMParser().parseFromString(await (await shelf.match(request)).text(), "text/html");
    const link = document.createElement("a");
    link.href = pathname;
    link.textContent = page.title || pathname;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  none.hidden = list.children.length > 0;
}

show().catch(() => (none.hidden = false));
