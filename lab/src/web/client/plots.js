import uPlot from './uplot.js';

const shownSeconds = 60;

/** @param {string} name of a colour of the page */
export const colour = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/**
 * A chart of the last minute that keeps the size of its place. Colours are read anew when the theme changes.
 * @param {HTMLElement} place
 * @param {() => Partial<uPlot.Options> & Pick<uPlot.Options, 'series'>} look
 * @returns {(columns: (number | null)[][], end: number) => void} draws columns; the first is seconds since 1970
 */
export function movingPlot(place, look) {
  /** @type {uPlot | undefined} */
  let plot;
  /** @type {(number | null)[][]} */
  let columns = [];
  let end = 0;

  const draw = () => {
    if (!plot || place.clientWidth === 0) return;
    const [at = [], ...values] = columns;
    plot.setData([at.map((one) => one ?? 0), ...values], false);
    plot.setScale('x', { min: end - shownSeconds, max: end });
  };
  const build = () => {
    plot?.destroy();
    const size = { width: place.clientWidth, height: place.clientHeight };
    const base = {
      ...size,
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    };
    plot = new uPlot({ ...base, ...look() }, [[], []], place);
    draw();
  };
  new ResizeObserver(() => {
    if (place.clientWidth === 0) return;
    if (!plot) build();
    else plot.setSize({ width: place.clientWidth, height: place.clientHeight });
    draw();
  }).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', build);
  return (next, until) => {
    columns = next;
    end = until;
    if (document.visibilityState === 'visible') draw();
  };
}
