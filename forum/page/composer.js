import { write } from './api.js';
import { draft } from './draft.js';
import { element } from './element.js';
import { whoList } from './who.js';

/** @import { Answer, Failure } from './api.js' */

/**
 * @typedef {object} Composing
 * @property {string} name under which what is typed is kept
 * @property {HTMLInputElement | HTMLTextAreaElement} field
 * @property {string} label
 * @property {string} action what the button says
 * @property {string} path where it is sent
 * @property {(text: string, user: number) => object} toBody
 * @property {(saved: { id: number }) => void} onSaved
 */

/**
 * A form to write one text as somebody. What was typed stays until it is saved.
 * @param {Composing} composing
 */
export function composer({ name, field, label, action, path, toBody, onSaved }) {
  const kept = draft(name);
  const who = whoList();
  const button = element('button', { type: 'submit' }, action);
  const outcome = element('p', { className: 'outcome', role: 'status' });
  const labelled = element('label', {}, element('span', {}, label), field);
  const row = element('div', { className: 'row' }, who.element, button);
  const form = element('form', { className: 'composer', noValidate: true }, labelled, row, outcome);
  field.value = kept.text();
  field.addEventListener('input', () => kept.keepText(field.value));

  const say = (/** @type {string} */ text, /** @type {boolean} */ isBad) => {
    outcome.textContent = text;
    outcome.classList.toggle('bad', isBad);
  };

  const send = async (/** @type {number} */ user) => {
    const body = JSON.stringify(toBody(field.value, user));
    /** @type {Answer<{ id: number }>} */
    const answer = await write(path, body, kept.keyFor(body));
    if (answer.failure) {
      button.textContent = 'Try again';
      return say(explain(answer.failure), true);
    }
    kept.forget();
    field.value = '';
    button.textContent = action;
    say('Saved.', false);
    onSaved(answer.value);
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (form.ariaBusy === 'true') return;
    const user = who.chosen();
    if (field.value.trim() === '') {
      field.focus();
      return say('There is nothing to save yet.', true);
    }
    if (user === undefined)
      return say('Nobody can be chosen to write as right now. Your text is kept.', true);
    form.ariaBusy = 'true';
    say('Saving…', false);
    await send(user);
    form.ariaBusy = 'false';
  });

  return { element: form, refresh: who.refresh, lacksPeople: who.isEmpty };
}

/** @param {Failure} failure */
function explain({ status, detail }) {
  if (status >= 400 && status < 500) return `Not saved: ${detail}`;
  return `Not confirmed: ${detail} Your text is kept. Trying again is safe: nothing is saved twice.`;
}
