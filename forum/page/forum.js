import { read } from './api.js';
import { discussionView } from './discussion.view.js';
import { partNames, partState, parts } from './parts.js';
import { showServed, whoServesPage } from './served.js';
import { showStatus } from './status.js';
import { threadsView } from './threads.view.js';

/** @import { Part } from './parts.js' */
/** @import { View } from './view.js' */

const pollMs = 5_000;

/** @type {(id: string) => HTMLElement} */
const byId = (id) => document.getElementById(id) ?? document.body;
const main = byId('main');

/** @type {View} */
let view;
/** @type {string | undefined} */
let pageServedBy;
/** @type {Map<Part, boolean | undefined>} */
const answered = new Map();

/** Opens the view that the address names: `#/` or `#/threads/1`. */
function open() {
  const thread = /^#\/threads\/([1-9]\d{0,9})$/.exec(location.hash)?.[1];
  view = thread === undefined ? threadsView() : discussionView(Number(thread));
  main.replaceChildren(view.element);
  document.title = `${view.title()} · Forum`;
  return view.refresh();
}

function showParts() {
  showStatus(byId('parts'), byId('status'));
  showServed(byId('served'), pageServedBy);
  const back = partNames.filter((name) => partState(name).answers && answered.get(name) === false);
  for (const name of partNames) answered.set(name, partState(name).answers);
  if (back.some((name) => view.lacks(name))) void view.refresh();
}

/** Asks each part for one row, for as long as somebody looks at the page. */
async function poll() {
  if (document.visibilityState === 'visible') {
    await Promise.all(partNames.map((name) => read(`/api/${name}?limit=1`, name)));
  }
  setTimeout(poll, pollMs);
}

parts.addEventListener('change', showParts);
window.addEventListener('hashchange', async () => {
  await open();
  view.heading.focus();
});
void open();
void poll();
pageServedBy = await whoServesPage();
showParts();
