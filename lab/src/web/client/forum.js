import { element } from './element.js';
import { readForum } from './forum.api.js';
import { composer } from './forum.reply.js';
import { discussion, failure, threadList, unreachable } from './forum.views.js';

/** @import { TopologyHello } from '../messages.ts' */

const reloadMs = 2_000;

/**
 * A small window on a topology's forum, as a user would see it. It loads again every two seconds while it is shown.
 * @param {HTMLElement} place
 * @param {TopologyHello} topology
 */
export function forumWindow(place, { name, baseUrl }) {
  /** @type {number | undefined} */
  let thread;
  const address = `${baseUrl}/forum/`;
  const link = element('a', { href: address, target: '_blank', rel: 'noopener' }, address);
  const back = element('button', { type: 'button', ariaLabel: `All threads, ${name}` }, '←');
  const reload = element('button', { type: 'button', ariaLabel: `Load again, ${name}` }, '⟳');
  const screen = element('div', { className: 'screen' });
  const reply = composer(name, () => load());
  const bar = element('div', { className: 'address' }, back, reload, link);
  const area = element('div', { className: 'window' }, bar, screen, reply.element);
  place.append(element('div', { className: name }, area));

  const open = (/** @type {number | undefined} */ id) => {
    thread = id;
    reply.forThread(id);
    back.disabled = id === undefined;
    screen.replaceChildren(element('p', {}, 'Loading…'));
    return load();
  };

  const load = async () => {
    const asked = thread;
    const path = asked === undefined ? '/api/threads?limit=20' : `/api/threads/${asked}/discussion?limit=50`;
    const [answer, people] = await Promise.all([
      readForum(name, path),
      readForum(name, '/api/users?limit=100'),
    ]);
    if (asked !== thread) return;
    reply.offer(people.body);
    const isGone = answer.unreachable;
    area.classList.toggle('gone', isGone);
    if (isGone) return screen.replaceChildren(unreachable(address, answer.detail));
    if (answer.status !== 200) return screen.replaceChildren(failure(answer, asked === undefined));
    if (asked !== undefined) return screen.replaceChildren(...discussion(answer.body));
    screen.replaceChildren(...threadList(answer.body, people.status === 200 ? people.body : undefined, open));
  };

  back.addEventListener('click', () => open(undefined));
  reload.addEventListener('click', load);
  void open(undefined);
  setInterval(() => {
    // a place that is not shown has no size
    if (document.visibilityState === 'visible' && place.clientHeight > 0 && place.contains(area)) void load();
  }, reloadMs);
}
