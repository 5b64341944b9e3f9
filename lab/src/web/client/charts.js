import { element } from './element.js';
import { answered, milliseconds, percent } from './format.js';
import { areas, line, logScale } from './looks.js';
import { movingPlot } from './plots.js';

/** @import { Cell, RouteGroup, Second, TopologyHello } from '../messages.ts' */

/** @type {RouteGroup[]} */
export const groups = ['users', 'threads', 'posts', 'discussion'];

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {(cell: Cell) => string} say the latest value in large type
 * @property {(cell: Cell) => (number | null)[]} read one value a series
 * @property {(top: () => number, colourName: string) => ReturnType<typeof areas>} look
 */

/** @type {Record<'answered' | 'rate' | 'p99', Kind>} */
const kinds = {
  answered: {
    name: 'answered',
    say: (cell) => percent(answered(cell) ?? 0),
    read: ({ requests, failed, degraded }) => {
      const share = (/** @type {number} */ count) => (requests === 0 ? null : (100 * count) / requests);
      return [share(requests), share(requests - failed), share(requests - failed - degraded)];
    },
    look: () => areas(),
  },
  rate: {
    name: 'requests/s',
    say: ({ requests }) => `${requests} /s`,
    read: ({ requests }) => [requests],
    look: (top, colourName) => line(colourName, { range: () => [0, top()] }),
  },
  p99: {
    name: 'p99',
    say: ({ p99Ms }) => (p99Ms === null ? '–' : milliseconds(p99Ms)),
    read: ({ p99Ms }) => [p99Ms],
    look: (_, colourName) => line(colourName, logScale),
  },
};

/** The highest rate that any chart shows: the scale is the same for all of them. */
let highest = 10;

/**
 * Charts of one kind in a row, one for each group of routes.
 * @param {TopologyHello} topology
 * @param {keyof typeof kinds} kindName
 */
export function chartRow({ name: topology }, kindName) {
  const kind = kinds[kindName];
  const charts = groups.map((group) => {
    const value = element('strong', {}, '–');
    const note = element('small', {});
    const label = element('figcaption', {}, element('b', {}, group), element('span', {}, ` ${kind.name}`));
    const plot = element('div', { className: 'plot', ariaHidden: 'true' });
    const figure = element('figure', { className: `chart ${kindName}` }, label, value, plot, note);
    return { group, figure, value, note, draw: movingPlot(plot, () => kind.look(() => highest, topology)) };
  });
  const row = element('div', { className: 'charts' }, ...charts.map(({ figure }) => figure));

  /** @param {readonly Second[]} seconds */
  const show = (seconds) => {
    const found = seconds.map(({ at, topologies }) => ({
      at: at / 1_000,
      groups: topologies.find((one) => one.topology === topology)?.groups,
    }));
    for (const { group, figure, value, note, draw } of charts) {
      const cells = found.map(({ groups }) => groups?.[group]);
      const rows = cells.map((cell) => (cell ? kind.read(cell) : []));
      const width = Math.max(0, ...rows.map((one) => one.length));
      const columns = Array.from({ length: width }, (_, index) => rows.map((one) => one[index] ?? null));
      for (const cell of cells) highest = Math.max(highest, (cell?.requests ?? 0) * 1.15);
      draw([found.map(({ at }) => at), ...columns], found.at(-1)?.at ?? 0);
      const latest = cells.at(-1);
      const isIdle = latest === undefined || latest.requests === 0;
      value.textContent = isIdle ? '–' : kind.say(latest);
      note.textContent = kindName === 'answered' ? noteOf(latest) : '';
      figure.dataset.state = latest ? stateOf(latest) : 'idle';
    }
  };
  return { row, show };
}

/** @param {Cell} cell */
function stateOf(cell) {
  const share = answered(cell);
  if (share === undefined) return 'idle';
  if (share < 0.99) return 'failing';
  return cell.degraded > 0 ? 'degraded' : 'well';
}

/** @param {Cell | undefined} cell */
const noteOf = (cell) => (cell && cell.degraded > 0 ? 'part missing' : '');
