import { composer } from './composer.js';
import { readDiscussion } from './discussion.read.js';
import { element, placeholder } from './element.js';
import { moreButton } from './more.js';
import { namesMissing, person } from './people.js';
import { postsList } from './posts.list.js';

/** @import { Discussion, Failure } from './api.js' */
/** @import { View } from './view.js' */

const pageSize = 50;
const mostAtOnce = 1_000;

/**
 * A thread with its posts, and a form for a reply.
 * @param {number} id
 * @returns {View}
 */
export function discussionView(id) {
  /** @type {Discussion | undefined} */
  let shown;
  const heading = element('h1', { tabIndex: -1, dir: 'auto' }, `Thread ${id}`);
  const by = element('p', { className: 'by' });
  const content = element('div', {}, element('p', { className: 'quiet' }, 'Loading…'));
  const reply = composer({
    name: `forum.reply.${id}`,
    field: element('textarea', { rows: 3, maxLength: 10_000 }),
    label: 'Your reply',
    action: 'Reply',
    path: '/api/posts',
    toBody: (text, user) => ({ thread: id, text, user }),
    onSaved: (saved) => showSaved(saved.id),
  });
  reply.element.hidden = true;

  const show = (/** @type {Discussion} */ discussion, /** @type {string | undefined} */ next) => {
    const { title, createdBy, author, posts, degraded = [] } = discussion;
    shown = discussion;
    if (heading.isConnected) document.title = `${title} · Forum`;
    heading.textContent = title;
    by.replaceChildren('started by ', person(createdBy, author));
    reply.element.hidden = false;
    const more = next === undefined ? [] : [moreButton('Show more posts', () => loadMore(next))];
    const notice = degraded.includes('users') ? [element('p', { className: 'notice' }, namesMissing)] : [];
    content.replaceChildren(...notice, postsList(posts, retry), ...more);
  };

  const loadMore = async (/** @type {string} */ path) => {
    const before = shown?.posts ?? [];
    const answer = await readDiscussion(path);
    if (answer.failure || answer.value.posts === null) return false;
    show({ ...answer.value, posts: [...before, ...answer.value.posts] }, answer.next);
    content.querySelectorAll('li')[before.length]?.focus();
    return true;
  };

  const load = async (limit = pageSize) => {
    const path = `/api/threads/${id}/discussion?limit=${Math.min(limit, mostAtOnce)}`;
    const answer = await readDiscussion(path);
    if (answer.failure === undefined) show(answer.value, answer.next);
    else if (shown === undefined) content.replaceChildren(noDiscussion(answer.failure, retry));
  };

  const showSaved = async (/** @type {number} */ post) => {
    await load(Math.max(pageSize, (shown?.posts?.length ?? 0) + 1));
    /** @type {HTMLElement | null} */
    const made = content.querySelector(`[data-post="${post}"]`);
    made?.classList.add('new');
    made?.scrollIntoView({ block: 'nearest' });
  };

  const refresh = async () => {
    await Promise.all([load(Math.max(pageSize, shown?.posts?.length ?? 0)), reply.refresh()]);
  };

  const retry = async () => {
    await refresh();
    heading.focus();
  };

  const back = element('a', { href: '#/', className: 'back' }, '← All threads');
  return {
    element: element('article', {}, back, heading, by, content, reply.element),
    heading,
    title: () => shown?.title ?? `Thread ${id}`,
    refresh,
    lacks: (part) =>
      shown === undefined ||
      Boolean(shown.degraded?.includes(part)) ||
      (part === 'users' && reply.lacksPeople()),
  };
}

/** @type {(failure: Failure, retry: () => void) => HTMLElement} */
function noDiscussion({ status, detail }, retry) {
  if (status >= 400 && status < 500) return placeholder('There is nothing to show', detail);
  const hint = 'Threads do not answer. This page asks again every few seconds.';
  return placeholder('This discussion cannot be shown right now', hint, retry);
}
