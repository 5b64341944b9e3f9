import { colour } from './plots.js';
import uPlot from './uplot.js';

/** @typedef {Partial<uPlot.Options> & Pick<uPlot.Options, 'series'>} Look */

const stepped = uPlot.paths.stepped?.({ align: -1 });

/**
 * What each second's requests came to, as areas over each other: failed, answered with a part missing, answered.
 * @returns {Look}
 */
export function areas() {
  const area = (/** @type {string} */ name) => ({
    fill: colour(name),
    width: 0,
    points: { show: false },
    ...(stepped ? { paths: stepped } : {}),
  });
  return {
    padding: [0, 0, 0, 0],
    scales: { x: { time: false }, y: { range: [0, 100] } },
    axes: [{ show: false }, { show: false }],
    series: [{}, area('failed'), area('part'), area('well')],
  };
}

/** From 1 ms to beyond the 2 s after which a caller gives up. */
export const logScale = {
  distr: /** @type {const} */ (3),
  range: () => /** @type {[number, number]} */ ([1, 4_000]),
};

/**
 * One line, with few numbers beside it.
 * @param {string} name the topology, whose colour it has
 * @param {uPlot.Scale} y
 * @returns {Look}
 */
export function line(name, y) {
  const rule = { stroke: colour('line'), width: 1 };
  const isLog = y.distr === 3;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  /** @type {uPlot.Axis} */
  const axis = {
    stroke: colour('soft'),
    grid: rule,
    ticks: { show: false },
    font: `${0.7 * rem}px system-ui, sans-serif`,
    size: 2.1 * rem,
    gap: 4,
    ...(isLog
      ? {
          splits: () => [1, 10, 100, 1_000],
          values: () => ['1', '10', '100', '1k'],
          filter: (_, splits) => splits,
        }
      : { space: 26 }),
  };
  return {
    padding: [6, 2, 7, 0],
    scales: { x: { time: false }, y },
    axes: [{ show: false }, axis],
    series: [{}, { stroke: colour(name), fill: `${colour(name)}22`, width: 2, points: { show: false } }],
  };
}
