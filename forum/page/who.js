import { read } from './api.js';
import { element } from './element.js';
import { keep, kept } from './kept.js';

/** @import { Answer, Author } from './api.js' */

const chosen = 'forum.who';

/** A list to choose from who one is. Filled by `refresh`; empty and disabled where users cannot be read. */
export function whoList() {
  const select = element('select', { required: true, disabled: true });
  const label = element('label', { className: 'who' }, element('span', {}, 'Write as'), select);
  select.addEventListener('change', () => keep(chosen, select.value));
  select.append(element('option', { value: '' }, 'Loading people…'));
  return {
    element: label,
    /** The id of the chosen user; undefined where nobody is. */
    chosen: () => (select.value === '' ? undefined : Number(select.value)),
    /** Whether there is nobody to choose from. */
    isEmpty: () => select.disabled,
    async refresh() {
      /** @type {Answer<Author[]>} */
      const answer = await read('/api/users?limit=100', 'users');
      if (answer.failure === undefined) fill(select, answer.value);
      else if (select.disabled) select.replaceChildren(nobody());
    },
  };
}

const nobody = () => element('option', { value: '' }, 'People cannot be listed right now');

/**
 * @param {HTMLSelectElement} select
 * @param {Author[]} people
 */
function fill(select, people) {
  const options = people.map(({ id, name, username }) =>
    element('option', { value: String(id) }, `${name} (@${username})`),
  );
  const before = select.value || kept(chosen);
  select.replaceChildren(...options);
  select.disabled = false;
  if (people.some(({ id }) => String(id) === before)) select.value = before ?? '';
}
