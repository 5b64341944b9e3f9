import { element, placeholder } from './element.js';
import { person, picture } from './people.js';

/** @import { Post } from './api.js' */

/**
 * The posts of a discussion, or what stands in their place; null where they could not be read.
 * @param {Post[] | null} posts
 * @param {() => void} retry
 */
export function postsList(posts, retry) {
  if (posts === null) {
    const hint = 'The thread is here. Its posts appear as soon as they can be read.';
    return placeholder('Posts cannot be shown right now', hint, retry);
  }
  if (posts.length === 0) return element('p', { className: 'quiet' }, 'No posts yet.');
  return element('ol', { className: 'posts' }, ...posts.map(post));
}

/** @param {Post} post */
function post({ id, text, user, author }) {
  const by = element('p', { className: 'by' }, person(user, author));
  const words = element('p', { className: 'text', dir: 'auto' }, text);
  const made = element('li', { tabIndex: -1 }, picture(user, author), element('div', {}, by, words));
  made.dataset.post = String(id);
  return made;
}
