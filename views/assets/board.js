// Keeps the open board up to date. Without it, or without a line to the server, the page stands as it was sent.
const board = document.getElementById('board');
const line = document.getElementById('board-line');
const live = document.getElementById('live');
const lang = document.documentElement.lang;
const units = JSON.parse(board.dataset.units);
const HEIGHT = 120;
const FLOOR = 130;
const SAID_AT_MOST_EVERY_MS = 30_000;

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: board.dataset.zone,
  dateStyle: 'short',
  timeStyle: 'short',
});
const formats = {
  number: (value) => (value === null ? '–' : value.toLocaleString(lang)),
  percent: (value) => (value === null ? '–' : `${(value * 100).toFixed(1)} %`),
};

const put = (element, text) => {
  if (!element || element.textContent === text) return;
  element.textContent = text;
  const tile = element.closest('.figures li');
  tile?.classList.add('fresh');
  setTimeout(() => tile?.classList.remove('fresh'), 1500);
};

const reach = (thing, path) => path.split('.').reduce((found, key) => found?.[key], thing) ?? null;

function showNumbers(now) {
  for (const element of board.querySelectorAll('[data-live]')) {
    if (element.dataset.live === 'asOf') element.textContent = clock.format(new Date(now.asOf));
    else put(element, formats[element.dataset.as ?? 'number'](reach(now, element.dataset.live)));
  }
}

function showStates({ byState }) {
  const rows = [...board.querySelectorAll('[data-state]')];
  const counts = rows.map((row) => byState[row.dataset.state] ?? 0);
  const busiest = Math.max(1, ...counts);
  rows.forEach((row, index) => {
    row.querySelector('.bar-part').setAttribute('width', `${((counts[index] / busiest) * 100).toFixed(1)}%`);
    put(row.querySelector('.number'), formats.number(counts[index]));
  });
}

function showDays(days) {
  const most = Math.max(1, ...days.flatMap(({ received, answered }) => [received, answered]));
  days.forEach((each, index) => {
    put(board.querySelector(`[data-day="${index}"]`), each.day.slice(8));
    put(board.querySelector(`[data-row="${index}.day"]`), each.day);
    for (const name of ['received', 'answered']) {
      const height = (each[name] / most) * HEIGHT;
      const bar = board.querySelector(`[data-bar="${index}.${name}"]`);
      bar?.setAttribute('y', (FLOOR - height).toFixed(1));
      bar?.setAttribute('height', height.toFixed(1));
      put(board.querySelector(`[data-row="${index}.${name}"]`), formats.number(each[name]));
    }
  });
}

function showHot(hot) {
  const list = board.querySelector('.board-hot');
  const matters = hot[list.dataset.days];
  document.getElementById('no-hot').hidden = matters.length > 0;
  const told = JSON.stringify(matters);
  // A list that is the same is left alone: somebody may be about to press a link in it.
  if (told === list.dataset.told) return;
  list.dataset.told = told;
  list.replaceChildren(
    ...matters.map(({ title, language, href, people, heat }) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = href;
      link.lang = language;
      link.textContent = title;
      const hint = document.createElement('span');
      hint.className = 'hint';
      hint.textContent = [
        list.dataset.people.replace('0', formats.number(people)),
        list.dataset.heat.replace('{heat}', heat.toLocaleString(lang, { minimumFractionDigits: 1 })),
      ].join(' · ');
      item.append(link, ' ', hint);
      return item;
    }),
  );
}

function showLatest(latest) {
  const list = board.querySelector('.board-latest');
  const shown = [...list.querySelectorAll('a')].map((link) => link.getAttribute('href'));
  const hrefs = latest.map(({ number }) => `/answers/${encodeURIComponent(number)}`);
  document.getElementById('no-latest').hidden = latest.length > 0;
  // A list that is the same is left alone: somebody may be about to press a link in it.
  if (shown.join() === hrefs.join()) return;
  list.replaceChildren(
    ...latest.map(({ title, unit, answeredOn }, index) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = hrefs[index];
      link.textContent = title;
      const hint = document.createElement('span');
      hint.className = 'hint';
      hint.textContent = `${units[unit] ?? unit} · ${answeredOn}`;
      item.append(link, ' ', hint);
      return item;
    }),
  );
}

let saidAt = 0;
let said = '';
/** Read aloud politely, and not with every letter of a busy morning. */
function say({ today, open }) {
  const words = board.dataset.changed
    .replace('{received}', formats.number(today.received))
    .replace('{answered}', formats.number(today.answered))
    .replace('{open}', formats.number(open.total));
  const isFirst = said === '';
  if (words === said || (!isFirst && Date.now() - saidAt < SAID_AT_MOST_EVERY_MS)) return;
  said = words;
  if (isFirst) return;
  saidAt = Date.now();
  live.textContent = words;
}

function show(now) {
  showNumbers(now);
  showStates(now.open);
  showDays(now.days);
  showLatest(now.latest);
  showHot(now.hot);
  say(now);
}

function showLine(isLive) {
  line.hidden = false;
  line.classList.toggle('ok', isLive);
  line.classList.toggle('calm', !isLive);
  put(line.querySelector('.board-word'), isLive ? line.dataset.liveWord : line.dataset.lostWord);
}

/** The client comes from the server that pushes, once the page is there to be read. */
async function connect() {
  const { io } = await import('/socket.io/socket.io.esm.min.js');
  // It tries again by itself for as long as the page is open; with each connection the whole board arrives anew.
  const socket = io('/board', { reconnectionDelayMax: 10_000 });
  socket.on('connect', () => showLine(true));
  socket.on('disconnect', () => showLine(false));
  socket.on('connect_error', () => showLine(false));
  socket.on('board', show);
}

connect().catch(() => {
  // No live line here: the page stays as it was sent, and says nothing it could not keep.
  line.hidden = true;
});
