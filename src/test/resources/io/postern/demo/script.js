'use strict';

// Every page says all that it has to say without this script. With it, words follow what happens.

const PERIOD = 2000;
const LONGEST_WATCH = 120;

/** Tells how far a message is, until nothing more becomes of it. */
function watch(status) {
  let looks = 0;
  const look = async () => {
    looks += 1;
    // Not followed, and no complaint in the console: the sign-in may be over meanwhile, and then leads elsewhere.
    const answer = await fetch(status.dataset.watch, { redirect: 'manual' });
    const news = answer.ok ? await answer.json() : { final: true };
    if (news.sentence && news.sentence !== status.textContent) {
      status.textContent = news.sentence;
    }
    if (!news.final && looks < LONGEST_WATCH) {
      setTimeout(next, PERIOD);
    }
  };
  // A session that ended, or a server that is away: the words stay as they are, and a reload tells more.
  const next = () => look().catch(() => {});
  setTimeout(next, PERIOD / 4);
}

/** Holds a button until its time has come, and counts down beside it. */
function hold(button) {
  const words = document.getElementById(button.getAttribute('aria-describedby'));
  const end = performance.now() + Number(button.dataset.wait) * 1000;
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    button.disabled = left > 0;
    if (left > 0) {
      words.textContent = left > 90
        ? `Possible in ${Math.ceil(left / 60)} minutes.`
        : `Possible in ${left} ${left === 1 ? 'second' : 'seconds'}.`;
      setTimeout(tick, 500);
    } else {
      words.textContent = '';
    }
  };
  tick();
}

/** Copies a list, one item a line. */
function copies(button) {
  const list = document.getElementById(button.dataset.copies);
  const told = document.getElementById('copied');
  button.hidden = false;
  button.addEventListener('click', async () => {
    const text = [...list.children].map(item => item.textContent.trim()).join('\n');
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = 'Copied.';
    } catch {
      told.textContent = 'This browser does not allow copying. Select the codes instead.';
    }
  });
}

function prints(button) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

document.querySelectorAll('[data-watch]').forEach(watch);
document.querySelectorAll('[data-wait]').forEach(hold);
document.querySelectorAll('[data-copies]').forEach(copies);
document.querySelectorAll('[data-prints]').forEach(prints);
