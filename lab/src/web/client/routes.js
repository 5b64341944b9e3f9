import { element } from './element.js';
import { milliseconds, percent } from './format.js';

/** @import { Cell, Hello, Second } from '../messages.ts' */

const spanSeconds = 10;

/**
 * A table of every route of the mix, over the last seconds.
 * @param {HTMLElement} place
 * @param {Hello} hello
 * @returns {(seconds: readonly Second[]) => void}
 */
export function routesTable(place, { topologies }) {
  const names = topologies.map(({ name }) => name);
  const body = element('tbody', {});
  const top = names.map((name) => element('th', { scope: 'colgroup', colSpan: 3, className: name }, name));
  const heads = names.flatMap(() =>
    ['a second', 'answered', 'worst p99'].map((text) => element('th', { scope: 'col' }, text)),
  );
  const head = element(
    'thead',
    {},
    element('tr', {}, element('th', { scope: 'col', rowSpan: 2 }, 'route'), ...top),
    element('tr', {}, ...heads),
  );
  place.append(element('table', {}, head, body));
  return (seconds) => {
    const last = seconds.slice(-spanSeconds);
    /** @type {(topology: string, route: string) => Cell[]} */
    const cellsOf = (topology, route) =>
      last.flatMap(
        (second) => second.topologies.find((one) => one.topology === topology)?.routes[route] ?? [],
      );
    const routes = [
      ...new Set(last.flatMap((second) => second.topologies.flatMap((one) => Object.keys(one.routes)))),
    ];
    const rows = routes.sort(byPath).map((route) => {
      const cells = names.flatMap((name) => figures(cellsOf(name, route), last.length));
      return element('tr', {}, element('th', { scope: 'row' }, route), ...cells);
    });
    body.replaceChildren(...(rows.length > 0 ? rows : [nothing(1 + 3 * names.length)]));
  };
}

const nothing = (/** @type {number} */ colSpan) =>
  element('tr', {}, element('td', { colSpan }, 'No requests yet: move the load slider.'));

const order = ['/api/users', '/api/threads', '/api/posts'];

/** @type {(a: string, b: string) => number} */
function byPath(a, b) {
  const rank = (/** @type {string} */ route) => order.findIndex((path) => route.includes(path)) + 1 || 9;
  return rank(a) - rank(b) || a.localeCompare(b, 'en');
}

/**
 * @param {Cell[]} cells
 * @param {number} seconds
 */
function figures(cells, seconds) {
  const sum = (/** @type {(cell: Cell) => number} */ read) =>
    cells.reduce((total, cell) => total + read(cell), 0);
  const requests = sum((cell) => cell.requests);
  const slowest = cells.map(({ p99Ms }) => p99Ms ?? 0);
  const share = requests === 0 ? undefined : 1 - sum((cell) => cell.failed) / requests;
  const shown = element('td', {}, share === undefined ? '–' : percent(share));
  if (share !== undefined)
    shown.dataset.state = share < 0.99 ? 'failing' : sum((cell) => cell.degraded) > 0 ? 'degraded' : 'well';
  return [
    element('td', {}, requests === 0 ? '–' : (requests / Math.max(1, seconds)).toFixed(1)),
    shown,
    element('td', {}, Math.max(0, ...slowest) === 0 ? '–' : milliseconds(Math.max(...slowest))),
  ];
}
