import { element } from './element.js';

/** @import { Discussion, ForumAnswer, Person, Post, Thread } from './forum.api.js' */

/**
 * Threads to open, with who started them where that is known.
 * @param {unknown} body
 * @param {unknown} people
 * @param {(id: number) => void} open
 */
export function threadList(body, people, open) {
  /** @type {Thread[]} */
  const threads = Array.isArray(body) ? body : [];
  /** @type {Person[] | undefined} */
  const known = Array.isArray(people) ? people : undefined;
  const items = threads.map(({ id, title, createdBy }) => {
    const button = element('button', { type: 'button', className: 'thread' }, title);
    button.addEventListener('click', () => open(id));
    const starter = known?.find((person) => person.id === createdBy);
    return element('li', {}, button, element('span', {}, starter ? starter.name : `user ${createdBy}`));
  });
  const notice = known ? [] : [missing('Names cannot be shown right now', '')];
  return [element('h3', {}, 'Threads'), ...notice, element('ul', { className: 'threads' }, ...items)];
}

/** @param {unknown} body */
export function discussion(body) {
  const { title, author, createdBy, posts, degraded = [] } = /** @type {Discussion} */ (body);
  const by = `started by ${author?.name ?? `user ${createdBy}`}`;
  const notice = degraded.includes('users') ? [missing('Names cannot be shown right now', '')] : [];
  const shown = posts
    ? element('ul', { className: 'posts' }, ...posts.map(post))
    : missing(
        'Posts cannot be shown right now',
        'The thread is here; its posts come back when they can be read.',
      );
  return [element('h3', {}, title), element('p', { className: 'by' }, by), ...notice, shown];
}

/** @param {Post} post */
function post({ text, author, user }) {
  return element('li', {}, element('b', {}, author?.name ?? `user ${user}`), ` ${text}`);
}

/**
 * An error that the forum answered.
 * @param {ForumAnswer} answer
 * @param {boolean} isList
 */
export const failure = ({ status, detail }, isList) =>
  missing(
    isList ? 'Threads cannot be shown right now' : 'This discussion cannot be shown right now',
    `${status}: ${detail}`,
  );

/**
 * What a browser shows where no forum answers.
 * @param {string} address
 * @param {string} detail
 */
export const unreachable = (address, detail) =>
  element(
    'div',
    { className: 'unreachable' },
    element('strong', {}, 'This site can’t be reached'),
    element('p', {}, `${address} ${detail}`),
  );

/**
 * @param {string} headline
 * @param {string} hint
 */
const missing = (headline, hint) =>
  element('div', { className: 'missing' }, element('strong', {}, headline), element('p', {}, hint));
