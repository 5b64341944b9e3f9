import { element } from './element.js';
import { writeReply } from './forum.api.js';

/** @import { Person } from './forum.api.js' */

/**
 * A form for a reply to the thread that is open. What was typed stays until it is saved.
 * @param {string} topology
 * @param {() => void} onSaved
 */
export function composer(topology, onSaved) {
  /** @type {number | undefined} */
  let thread;
  let key = crypto.randomUUID();
  const text = element('input', {
    type: 'text',
    maxLength: 500,
    placeholder: 'Your reply',
    autocomplete: 'off',
  });
  text.ariaLabel = `Your reply, ${topology}`;
  const who = element('select', { ariaLabel: `Write as, ${topology}` });
  const outcome = element('p', { className: 'outcome', role: 'status' });
  const button = element('button', { type: 'submit' }, 'Reply');
  const form = element('form', { className: 'reply', hidden: true }, text, who, button, outcome);

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (thread === undefined || text.value.trim() === '' || form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    outcome.textContent = 'Saving…';
    const answer = await writeReply(topology, { thread, user: Number(who.value), text: text.value }, key);
    form.ariaBusy = 'false';
    outcome.classList.toggle('bad', answer.status !== 201);
    if (answer.status !== 201) {
      outcome.textContent = `Not saved: ${answer.detail} Trying again is safe.`;
      return;
    }
    key = crypto.randomUUID();
    text.value = '';
    outcome.textContent = 'Saved.';
    onSaved();
  });
  text.addEventListener('input', () => {
    key = crypto.randomUUID(); // another text is another reply
  });

  return {
    element: form,
    /** @param {number | undefined} id */
    forThread(id) {
      thread = id;
      form.hidden = id === undefined;
      outcome.textContent = '';
    },
    /** Fills the list of people to write as, once. @param {unknown} people */
    offer(people) {
      if (!Array.isArray(people) || who.options.length > 0) return;
      /** @type {Person[]} */
      const known = people;
      who.replaceChildren(...known.map(({ id, name }) => element('option', { value: String(id) }, name)));
    },
  };
}
