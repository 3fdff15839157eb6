// Keeps the open page of hot matters up to date. Without it, or without a line to the server, the page stands as it was sent.
const live = document.getElementById('live');
const current = () => document.getElementById('hot');

let isStale = false;
let isFetching = false;

/** Fetches this very page with the reader's own rights; what is open stays open. */
async function refresh() {
  // Somebody is about to press something in it: it waits until they have left.
  if (!isStale || isFetching || current().contains(document.activeElement)) return;
  isStale = false;
  isFetching = true;
  try {
    const { days } = Object.fromEntries(new URLSearchParams(location.search));
    const answer = await fetch(days ? `/desk/hot?days=${encodeURIComponent(days)}` : '/desk/hot');
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('hot');
    if (!fresh || fresh.innerHTML === current().dataset.seen) return;
    const seen = fresh.innerHTML;
    for (const part of fresh.querySelectorAll('details[id]')) {
      const before = document.getElementById(part.id);
      if (before) part.open = before.open;
    }
    current().replaceWith(fresh);
    fresh.dataset.seen = seen;
    live.textContent = fresh.dataset.changed;
  } catch {
    // The next change tries again.
  } finally {
    isFetching = false;
    if (isStale) void refresh();
  }
}

function stale() {
  isStale = true;
  void refresh();
}

document.addEventListener('focusout', () => setTimeout(refresh));

/** The client comes from the server that tells, once the page is there to be read. */
async function connect() {
  const { io } = await import('/socket.io/socket.io.esm.min.js');
  const socket = io('/hot', { reconnectionDelayMax: 10_000 });
  let isFirst = true;
  // What happened while the line was lost is fetched when it is back.
  socket.on('connect', () => {
    if (!isFirst) stale();
    isFirst = false;
  });
  socket.on('changed', stale);
}

connect().catch(() => {});
