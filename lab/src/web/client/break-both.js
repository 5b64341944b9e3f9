import { element } from './element.js';
import { hasFault, toggle, wordsFor } from './faults.js';

/** @import { FaultName, Hello, Order, TopologyParts } from '../messages.ts' */
/** @typedef {{ fault: FaultName, ofDatabase: boolean, label: string }} Choice */

/** @type {Choice[]} */
const choices = [
  { fault: 'kill', ofDatabase: false, label: 'Kill' },
  { fault: 'hang', ofDatabase: false, label: 'Hang' },
  { fault: 'block', ofDatabase: false, label: 'Block loop' },
  { fault: 'slow', ofDatabase: false, label: 'Slow' },
  { fault: 'errors', ofDatabase: false, label: 'Errors' },
  { fault: 'pool', ofDatabase: false, label: 'Hold pool' },
  { fault: 'kill', ofDatabase: true, label: 'Stop database' },
  { fault: 'lock', ofDatabase: true, label: 'Lock table' },
];
const moduleNames = ['users', 'threads', 'posts'];

/**
 * The bar that breaks the same thing in every topology: what serves a module, or what holds its table.
 * @param {HTMLElement} place
 * @param {Hello} hello
 * @returns {(now: TopologyParts[]) => void} shows which of these faults last
 */
export function breakBoth(place, { topologies }) {
  let module = 'posts';
  /** @type {TopologyParts[]} */
  let latest = [];

  /** @type {(choice: Choice) => Order[]} */
  const ordersFor = ({ fault, ofDatabase }) =>
    topologies.flatMap(({ name: topology, parts }) =>
      parts
        .filter(
          ({ kind, modules }) =>
            modules.some((one) => one === module) && (kind === 'database') === ofDatabase,
        )
        .flatMap(({ name: part, faults }) => {
          const offer = faults.find((one) => one.fault === fault && (one.module ?? module) === module);
          return offer ? [{ topology, part, ...offer }] : [];
        }),
    );
  const lasts = (/** @type {Order} */ { topology, part, ...fault }) => {
    const found = latest.find((one) => one.topology === topology)?.parts.find(({ name }) => name === part);
    return hasFault(found, fault);
  };

  const buttons = choices.map((choice) => {
    const { does } = wordsFor(choice.fault, choice.ofDatabase);
    const button = element('button', { type: 'button', title: does, ariaPressed: 'false' }, choice.label);
    button.addEventListener('click', () => toggle(button, ordersFor(choice)));
    return { choice, button };
  });
  const show = () => {
    for (const { choice, button } of buttons) button.ariaPressed = String(ordersFor(choice).every(lasts));
  };
  place.append(
    element('span', { className: 'lead' }, 'Break'),
    modulePicker(module, (chosen) => {
      module = chosen;
      show();
    }),
    element('span', { className: 'lead' }, 'in both:'),
    ...buttons.map(({ button }) => button),
  );
  return (now) => {
    latest = now;
    show();
  };
}

/**
 * @param {string} chosen
 * @param {(module: string) => void} onChange
 */
function modulePicker(chosen, onChange) {
  const labels = moduleNames.map((name) => {
    const input = element('input', { type: 'radio', name: 'module', value: name, checked: name === chosen });
    input.addEventListener('change', () => onChange(name));
    return element('label', {}, input, element('span', {}, name));
  });
  const legend = element('legend', { className: 'unseen' }, 'Module to break');
  return element('fieldset', { className: 'segments' }, legend, ...labels);
}
