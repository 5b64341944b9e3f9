import { breakBoth } from './break-both.js';
import { chartRow } from './charts.js';
import { byId, element } from './element.js';
import { forumWindow } from './forum.js';
import { loadSlider } from './load.js';
import { logList } from './log.js';
import { say, undoAll } from './orders.js';
import { partCards } from './parts.js';
import { routesTable } from './routes.js';

/** @import { Events, Hello, Second, TopologyHello, TopologyParts } from '../messages.ts' */

const keptSeconds = 120;

/** @param {Hello} hello */
function build(hello) {
  for (const id of ['both', 'answers', 'charts', 'forum', 'routes', 'log', 'parts'])
    byId(id).replaceChildren();
  const columns = hello.topologies.map(column);
  const showRoutes = routesTable(byId('routes'), hello);
  const addEntry = logList(byId('log'), hello.log);
  const showBoth = breakBoth(byId('both'), hello);
  const showRate = loadSlider(hello.highestRate);
  const seconds = hello.seconds.slice(-keptSeconds);
  const showSeconds = () => {
    for (const { showSeconds } of columns) showSeconds(seconds);
    showRoutes(seconds);
  };
  showRate(hello.rate);
  showSeconds();
  return {
    showRate,
    addEntry,
    addSecond(/** @type {Second} */ second) {
      seconds.push(second);
      if (seconds.length > keptSeconds) seconds.shift();
      showSeconds();
    },
    showParts(/** @type {TopologyParts[]} */ now) {
      for (const { name, showParts } of columns)
        showParts(now.find(({ topology }) => topology === name)?.parts ?? []);
      showBoth(now);
      const isBroken = now.some(({ parts }) => parts.some(({ faults }) => faults.length > 0));
      byId('undo-all').toggleAttribute('disabled', !isBroken);
    },
  };
}

/**
 * What the page shows of one topology.
 * @param {TopologyHello} topology
 */
function column(topology) {
  const rows = [chartRow(topology, 'answered'), chartRow(topology, 'rate'), chartRow(topology, 'p99')];
  const [answered, ...others] = rows.map(({ row }) => row);
  const waiting = element('span', { className: 'waiting' });
  const legend = element('small', { className: 'legend' }, 'answered, last minute');
  const processes = topology.parts.filter(({ kind }) => kind !== 'database').length;
  const databases = topology.parts.length - processes;
  const about = `${processes === 1 ? '1 process' : `${processes} processes`}, ${databases === 1 ? '1 database' : `${databases} databases`}`;
  const title = element(
    'h2',
    { className: topology.name },
    topology.name,
    element('small', {}, about),
    waiting,
    legend,
  );
  byId('answers').append(
    element('div', { className: topology.name }, title, ...(answered ? [answered] : [])),
  );
  byId('charts').append(element('div', { className: topology.name }, ...others));
  forumWindow(byId('forum'), topology);
  return {
    name: topology.name,
    showParts: partCards(byId('parts'), topology),
    showSeconds(/** @type {readonly Second[]} */ seconds) {
      for (const { show } of rows) show(seconds);
      const now = seconds.at(-1)?.topologies.find((one) => one.topology === topology.name);
      const words = now && now.waiting > 50 ? [`${now.waiting} wait for an answer`] : [];
      if (now && now.dropped > 0) words.push(`${now.dropped} not sent`);
      waiting.textContent = words.join(', ');
    },
  };
}

/** @type {ReturnType<typeof build> | undefined} */
let page;
const events = new EventSource('/api/events');

/**
 * @template {keyof Events} Name
 * @param {Name} name
 * @param {(data: Events[Name]) => void} act
 */
const on = (name, act) => events.addEventListener(name, (event) => act(JSON.parse(event.data)));
on('hello', (hello) => {
  page = build(hello);
});
on('second', (second) => page?.addSecond(second));
on('parts', (now) => page?.showParts(now));
on('rate', (rate) => page?.showRate(rate));
on('entry', (entry) => page?.addEntry(entry));
events.addEventListener('error', () => say('The page has lost its server: is npm start still running?'));

byId('undo-all').addEventListener('click', undoAll);
byId('views').addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement) document.body.dataset.view = target.value;
});
