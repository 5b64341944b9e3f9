import { type Html, html } from '../../report/html.ts';

/** A line over time. `at` and `marks` are milliseconds since 1970; null is a gap. */
export interface Chart {
  title: string;
  /** The value at the upper edge; the lower edge is 0. */
  top: number;
  at: readonly number[];
  values: readonly (number | null)[];
  marks: readonly number[];
}

const WIDTH = 280;
const HEIGHT = 90;

/** A chart as SVG, so that the page needs no script. Marks are upright lines. */
export function drawChart({ title, top, at, values, marks }: Chart): Html {
  const first = at[0] ?? 0;
  const span = Math.max(1, (at.at(-1) ?? 0) - first);
  const x = (moment: number): string => ((WIDTH * (moment - first)) / span).toFixed(1);
  const y = (value: number): string => (HEIGHT * (1 - Math.min(1, value / top))).toFixed(1);
  const steps = values.map((value, index) => ({
    value,
    at: at[index] ?? 0,
    isFirst: (values[index - 1] ?? null) === null,
  }));
  const path = steps
    .flatMap(({ value, at: moment, isFirst }) =>
      value === null ? [] : [`${isFirst ? 'M' : 'L'}${x(moment)} ${y(value)}`],
    )
    .join('');
  return html`<svg viewBox="0 -14 ${WIDTH} ${HEIGHT + 16}" role="img" aria-label="${title}"><text y="-3">${title}</text>
<path class="frame" d="M0 0V${HEIGHT}H${WIDTH}"/>${marks
    .filter((mark) => mark >= first)
    .map(
      (mark) => html`<path class="mark" d="M${x(mark)} 0V${HEIGHT}"/>`,
    )}<path class="line" d="${path}"/></svg>`;
}
