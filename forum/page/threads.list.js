import { element } from './element.js';
import { namesMissing, person } from './people.js';

/** @import { Author, Thread } from './api.js' */

/**
 * The threads with who started them; people are missing where they could not be read.
 * @param {Thread[]} threads
 * @param {Map<number, Author> | undefined} people
 * @returns {HTMLElement[]}
 */
export function threadsList(threads, people) {
  if (threads.length === 0) return [element('p', { className: 'quiet' }, 'No threads yet.')];
  const rows = threads.map((thread) => threadRow(thread, people?.get(thread.createdBy)));
  const list = element('ul', { className: 'threads' }, ...rows);
  return people ? [list] : [element('p', { className: 'notice' }, namesMissing), list];
}

/**
 * @param {Thread} thread
 * @param {Author | undefined} author
 */
function threadRow({ id, title, createdBy }, author) {
  const link = element('a', { href: `#/threads/${id}`, dir: 'auto' }, title);
  const by = element('span', { className: 'by' }, 'started by ', person(createdBy, author));
  return element('li', {}, link, by);
}
