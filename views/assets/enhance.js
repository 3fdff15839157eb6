// What a script adds to a page that already works without one.
const live = document.getElementById('live');
const say = (text) => {
  if (live) live.textContent = text;
};

document.querySelector('.summary')?.focus();

// Counts as the server does: a line break is one character, so is a character outside the basic plane.
const lengthOf = (text) => [...text.replaceAll('\r\n', '\n')].length;

for (const counter of document.querySelectorAll('[data-count]')) {
  const area = document.getElementById(counter.dataset.count);
  if (!area) continue;
  let pending;
  const show = () => {
    const left = Number(counter.dataset.limit) - lengthOf(area.value);
    const words = left < 0 ? counter.dataset.over : counter.dataset.left;
    counter.textContent = words.replace('{n}', String(Math.abs(left)));
    counter.classList.toggle('over', left < 0);
    return counter.textContent;
  };
  area.addEventListener('input', () => {
    const text = show();
    // Read aloud only once the writer pauses.
    clearTimeout(pending);
    pending = setTimeout(() => say(text), 1200);
  });
  show();
}

// One press is one letter. Later than the event itself: a disabled button would not be sent with the form.
document.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button?.dataset.busy) return;
  setTimeout(() => {
    button.dataset.words = button.innerHTML;
    button.textContent = button.dataset.busy;
    button.disabled = true;
    say(button.dataset.busy);
  });
});

// Coming back to a page the browser kept: its buttons work again.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  for (const button of document.querySelectorAll('button[data-words]')) {
    button.innerHTML = button.dataset.words;
    button.disabled = false;
  }
});

if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    const words = button.querySelector('span');
    const before = words?.textContent;
    button.hidden = false;
    const copy = async () => {
      await navigator.clipboard.writeText(
        document.getElementById(button.dataset.copy)?.textContent.trim() ?? '',
      );
      if (words) words.textContent = button.dataset.copied;
      say(button.dataset.copied);
      setTimeout(() => {
        if (words) words.textContent = before;
      }, 3000);
    };
    button.addEventListener('click', () => void copy());
  }
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
