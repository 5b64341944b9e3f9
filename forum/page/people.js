import { read } from './api.js';
import { element } from './element.js';

/** @import { Author } from './api.js' */

const batch = 1_000;

/** Said once where names are missing. */
export const namesMissing = 'Names cannot be shown right now: people appear by their number.';

/**
 * Who somebody is, or their number where the name is missing.
 * @param {number} id
 * @param {Author | null | undefined} author
 */
export function person(id, author) {
  if (!author) return element('span', { className: 'person unnamed', title: namesMissing }, `user ${id}`);
  const username = element('span', { className: 'username' }, `@${author.username}`);
  return element('span', { className: 'person' }, element('bdi', {}, author.name), ' ', username);
}

/**
 * A round picture with initials. It says nothing that the name beside it does not.
 * @param {number} id
 * @param {Author | null | undefined} author
 */
export function picture(id, author) {
  const words = author?.name.split(/\s+/) ?? [];
  const initials = words.slice(0, 2).map((word) => [...word][0] ?? '');
  const className = author ? `picture hue-${id % 6}` : 'picture';
  return element('span', { className, ariaHidden: 'true' }, initials.join('') || '?');
}

/**
 * The people of these ids; undefined where they cannot be read.
 * @param {Iterable<number>} ids
 * @returns {Promise<Map<number, Author> | undefined>}
 */
export async function findPeople(ids) {
  const wanted = [...new Set(ids)].slice(0, batch);
  if (wanted.length === 0) return new Map();
  /** @type {import('./api.js').Answer<Author[]>} */
  const answer = await read(`/api/users?id=${wanted.join(',')}`, 'users');
  return answer.failure ? undefined : new Map(answer.value.map((author) => [author.id, author]));
}
