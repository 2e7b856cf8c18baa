// Follows a room of the ledger: what happens is shown within about a second.
//
//   follow("/live/evening/ab12cd34ef/", {
//     after: 120,                    // the version the page was rendered with
//     change(change, version) {},    // once for each line, in order: {line: 121, ...}
//     state(open) {},                // true: connected; false: trying again
//     missed() {},                   // too much happened meanwhile (default: reload the page)
//     present(now) {},               // what is so for the moment, where the kind of room tells it
//   });
//
// Returns a function that stops. A change may tell what the page shows already: replace what has
// the same id, never add up.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
const REMEMBERED = 2000;

export function follow(address, { after = 0, change, state = () => {}, missed = reload, present = () => {} }) {
  const seen = new Set();
  let known = Number(after) || 0;
  let wait = FIRST_WAIT;
  let source = null;
  let timer = 0;

  function open() {
    source = new EventSource(`${address}${address.includes("?") ? "&" : "?"}after=${known}`);
    source.onopen = () => {
      wait = FIRST_WAIT;
      state(true);
    };
    source.onmessage = (event) => {
      const { version, changes } = JSON.parse(event.data);
      for (const each of changes) {
        if (!seen.has(each.line)) {
          seen.add(each.line);
          change(each, version);
        }
      }
      known = Math.max(known, version);
      for (const line of seen) {
        if (seen.size <= REMEMBERED) break;
        seen.delete(line);
      }
    };
    source.addEventListener("reload", () => missed());
    source.addEventListener("present", (event) => present(JSON.parse(event.data)));
    source.onerror = () => {
      source.close();
      state(false);
      timer = setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  }

  function stop() {
    clearTimeout(timer);
    source.close();
  }

  function back(event) {
    if (event.persisted) open(); // the browser kept the page and shows it again
  }

  open();
  addEventListener("pagehide", stop);
  addEventListener("pageshow", back);
  return () => {
    removeEventListener("pagehide", stop);
    removeEventListener("pageshow", back);
    stop();
  };
}

function reload() {
  location.reload();
}
