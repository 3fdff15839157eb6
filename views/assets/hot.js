// Keeps the open page of hot matters up to date. Without it, or without a line to the server, the page stands as it was sent.
const live = document.getElementById('live');
const current = () => document.getElementById('hot');

let shown = current().innerHTML;
let isStale = false;
let isFetching = false;

/** Fetches this very page with the reader's own rights; what is open stays open, and what is unticked stays so. */
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
    if (!fresh || fresh.innerHTML === shown) return;
    shown = fresh.innerHTML;
    for (const part of fresh.querySelectorAll('details[id]')) {
      const before = document.getElementById(part.id);
      if (before) part.open = before.open;
    }
    for (const box of fresh.querySelectorAll('input[type="checkbox"]')) {
      const before = [...current().querySelectorAll('input[type="checkbox"]')].find(
        ({ value }) => value === box.value,
      );
      if (before) box.checked = before.checked;
    }
    current().replaceWith(fresh);
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
  // What happened before there was a line, or while it was lost, is fetched when it is there.
  socket.on('connect', stale);
  socket.on('changed', stale);
}

connect().catch(() => {});
