import { element } from './element.js';
import { partNames, partState } from './parts.js';

/** @import { Part } from './parts.js' */

/** What a degraded forum was last said to miss; told again only when that changes. */
let saidDown = false;

/**
 * Shows which parts answer, in marks and in words.
 * @param {HTMLElement} marks
 * @param {HTMLElement} line
 */
export function showStatus(marks, line) {
  marks.replaceChildren(...partNames.map(mark));
  const sentence = describe(partNames.filter((name) => partState(name).answers === false));
  if (line.textContent !== sentence) line.textContent = sentence;
}

/** @param {Part} name */
function mark(name) {
  const { answers } = partState(name);
  const [className, words] =
    answers === undefined ? ['', 'not asked yet'] : answers ? ['up', 'answers'] : ['down', 'does not answer'];
  const hidden = element('span', { className: 'unseen' }, `: ${words}`);
  return element('li', { className, title: words }, name, hidden);
}

/** @param {Part[]} down */
function describe(down) {
  const recovered = saidDown && down.length === 0;
  saidDown = down.length > 0;
  if (recovered) return 'Everything answers again.';
  if (down.length === 0) return '';
  if (down.length === partNames.length) return 'Nothing answers right now. This page keeps asking.';
  const names = new Intl.ListFormat('en').format(down);
  return `${names.charAt(0).toUpperCase()}${names.slice(1)} cannot be reached right now. Reading the rest still works.`;
}
