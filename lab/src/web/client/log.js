import { element } from './element.js';
import { timeOf } from './format.js';
import { say } from './orders.js';

/** @import { Entry } from '../messages.ts' */

/**
 * What happened, the latest first. The line at the page's foot says the latest aloud.
 * @param {HTMLElement} place
 * @param {readonly Entry[]} entries
 * @returns {(entry: Entry) => void} adds one
 */
export function logList(place, entries) {
  const list = element('ol', { className: 'log' });
  const add = (/** @type {Entry} */ entry) => list.prepend(lineOf(entry));
  for (const entry of entries) add(entry);
  place.append(list);
  return (entry) => {
    add(entry);
    say(`${timeOf(entry.at)} ${entry.topology ? `${entry.topology}: ` : ''}${entry.text}`);
  };
}

/** @param {Entry} entry */
function lineOf({ at, kind, topology, text }) {
  const line = element('li', { className: kind }, element('time', {}, timeOf(at)));
  line.append(element('b', { className: topology ?? '' }, topology ?? 'both'), element('span', {}, text));
  return line;
}
