import { read } from './api.js';
import { composer } from './composer.js';
import { element, placeholder } from './element.js';
import { moreButton } from './more.js';
import { findPeople } from './people.js';
import { threadsList } from './threads.list.js';

/** @import { Answer, Author, Thread } from './api.js' */
/** @import { View } from './view.js' */

const pageSize = 20;
const mostAtOnce = 1_000;

/**
 * The list of threads, and a form for a new one.
 * @returns {View}
 */
export function threadsView() {
  /** @type {Thread[] | undefined} */
  let threads;
  /** @type {Map<number, Author> | undefined} */
  let people;
  const heading = element('h1', { tabIndex: -1 }, 'Threads');
  const content = element('div', {}, element('p', { className: 'quiet' }, 'Loading…'));
  const start = newThread();
  const fold = element('details', {}, element('summary', {}, 'Start a thread'), start.element);

  /** @type {(path: string, before: Thread[]) => Promise<boolean>} */
  const load = async (path, before) => {
    /** @type {Answer<Thread[]>} */
    const answer = await read(path, 'threads');
    if (answer.failure) return false;
    const { value, next } = answer;
    const all = [...before, ...value];
    people = await findPeople(all.map((thread) => thread.createdBy));
    threads = all;
    const more = next === undefined ? [] : [moreButton('Show more threads', () => loadMore(next, all))];
    content.replaceChildren(...threadsList(all, people), ...more);
    return true;
  };

  /** @type {(path: string, before: Thread[]) => Promise<boolean>} */
  const loadMore = async (path, before) => {
    const shown = await load(path, before);
    if (shown) content.querySelectorAll('a')[before.length]?.focus();
    return shown;
  };

  const refresh = async () => {
    const limit = Math.min(Math.max(pageSize, threads?.length ?? 0), mostAtOnce);
    const [shown] = await Promise.all([load(`/api/threads?limit=${limit}`, []), start.refresh()]);
    if (!shown && threads === undefined) content.replaceChildren(noThreads(refresh));
  };

  return {
    element: element('div', {}, heading, fold, content),
    heading,
    title: () => 'Threads',
    refresh,
    lacks: (part) =>
      (part === 'threads' && threads === undefined) || (part === 'users' && (!people || start.lacksPeople())),
  };
}

const newThread = () =>
  composer({
    name: 'forum.thread',
    field: element('input', { type: 'text', maxLength: 200, autocomplete: 'off' }),
    label: 'Title of the thread',
    action: 'Start it',
    path: '/api/threads',
    toBody: (title, createdBy) => ({ title, createdBy }),
    onSaved: ({ id }) => {
      location.hash = `#/threads/${id}`;
    },
  });

const noThreads = (/** @type {() => void} */ retry) =>
  placeholder('Threads cannot be shown right now', 'This page asks again every few seconds.', retry);
