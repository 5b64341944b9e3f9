import { element } from './element.js';
import { hasFault, toggle, wordsFor } from './faults.js';
import { megabytes, ofOneCore } from './format.js';

/** @import { PartNow, TopologyHello } from '../messages.ts' */
/** @typedef {TopologyHello['parts'][number]} Part */

const columns = ['users', 'threads', 'posts'];

/**
 * The components of a topology, each as a card below the module that it serves.
 * @param {HTMLElement} place
 * @param {TopologyHello} topology
 * @returns {(now: PartNow[]) => void}
 */
export function partCards(place, topology) {
  const cards = topology.parts.map((part) => partCard(topology, part));
  const list = element('ul', { className: `parts ${topology.name}` }, ...cards.map(({ card }) => card));
  place.append(list);
  return (now) => {
    for (const { name, show } of cards) {
      const found = now.find((one) => one.name === name);
      if (found) show(found);
    }
  };
}

/**
 * @param {TopologyHello} topology
 * @param {Part} part
 */
function partCard(topology, part) {
  const { name, kind, modules } = part;
  const state = element('span', { className: 'state' });
  const figures = element('p', { className: 'figures' });
  const controls = faultButtons(topology, part);
  const heading = element('h3', {}, name, state);
  const card = element(
    'li',
    { className: `part ${kind} ${modules.length === 1 ? 'narrow' : ''}` },
    heading,
    figures,
    controls.element,
  );
  const [only] = modules;
  // a card stands in its module's column; what serves all of them spans the columns
  if (modules.length === 1 && only) card.dataset.column = String(columns.indexOf(only) + 1);
  const hasGateway = topology.parts.some((one) => one.kind === 'gateway');
  if (modules.length > 1) card.dataset.column = hasGateway ? 'modules' : 'all';
  return {
    name,
    card,
    /** @param {PartNow} now */
    show(now) {
      const { mark, text } = stateOf(now, part);
      card.dataset.state = mark;
      state.textContent = text;
      figures.textContent = figuresOf(now);
      controls.show(now);
    },
  };
}

/**
 * @param {PartNow} now
 * @param {Part} part
 */
function stateOf({ faults, running, replicas }, { kind, modules }) {
  const said = faults.map(({ fault, module }) => {
    const { state } = wordsFor(fault, kind === 'database');
    return module && modules.length > 1 ? `${module} ${state}` : state;
  });
  const isDown = running === 0 || faults.some(({ fault }) => fault === 'kill' || fault === 'hang');
  if (said.length > 0) return { mark: isDown ? 'down' : 'ill', text: said.join(', ') };
  if (running === replicas) return { mark: 'up', text: `${replicas} running` };
  return {
    mark: isDown ? 'down' : 'ill',
    text: running === 0 ? 'down' : `${running} of ${replicas} running`,
  };
}

/** @param {PartNow} now */
function figuresOf({ running, cores, memoryBytes }) {
  if (running === 0) return 'not running';
  const known = [
    ...(cores === null ? [] : [ofOneCore(cores)]),
    ...(memoryBytes === null ? [] : [megabytes(memoryBytes)]),
  ];
  return known.join(' · ');
}

/**
 * Buttons for the faults of a component: the first ones on the card, the rest in a menu.
 * @param {TopologyHello} topology
 * @param {Part} part
 */
function faultButtons({ name: topology }, { name, kind, modules, faults }) {
  const buttons = faults.map((fault) => {
    const { label, does } = wordsFor(fault.fault, kind === 'database');
    const text = fault.module && modules.length > 1 ? `${label} ${fault.module}` : label;
    const button = element('button', { type: 'button', title: does, ariaPressed: 'false' }, text);
    button.ariaLabel = `${text}: ${name} of ${topology}`;
    button.addEventListener('click', () => toggle(button, [{ topology, part: name, ...fault }]));
    return { fault, button };
  });
  // a card in one module's column has room for two
  const shown = modules.length === 1 ? 2 : faults.length;
  const all = buttons.map(({ button }) => button);
  const row = element('div', { className: 'buttons' }, ...all.slice(0, shown));
  if (all.length > shown) row.append(...menu(`${topology}-${name}`, name, all.slice(shown)));
  return {
    element: row,
    /** @param {PartNow} now */
    show(now) {
      for (const { fault, button } of buttons) button.ariaPressed = String(hasFault(now, fault));
    },
  };
}

/**
 * @param {string} key
 * @param {string} part
 * @param {HTMLButtonElement[]} buttons
 */
function menu(key, part, buttons) {
  const lines = buttons.map((button) => element('div', {}, button, element('span', {}, button.title)));
  const sheet = element('div', { className: 'menu', id: `menu-${key}`, popover: 'auto' }, ...lines);
  const opener = element('button', { type: 'button', className: 'more', title: 'More faults' }, '…');
  opener.ariaLabel = `More faults: ${part}`;
  opener.popoverTargetElement = sheet;
  return [opener, sheet];
}
