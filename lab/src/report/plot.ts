import type { Topology } from '../environments/environment.ts';
import { type Html, html, jsonForScript } from './html.ts';

export interface Axis {
  label: string;
  log?: boolean;
  min?: number;
  max?: number;
  /** Set behind each number, as in "ms". */
  unit?: string;
}

export interface Series {
  name: string;
  style: 'line' | 'points' | 'dashes';
  colour: Topology | 'neutral';
  /** Upwards. */
  x: number[];
  /** As long as x; null leaves a gap. */
  y: (number | null)[];
  /** An interval around y: a band around a line, error bars at points. */
  low?: (number | null)[];
  high?: (number | null)[];
}

export interface PlotSpec {
  title: string;
  x: Axis;
  y: Axis;
  series: Series[];
}

const key = ({ name, style, colour }: Series): Html => html`<span class="${colour} ${style}">${name}</span>`;

/** A figure with its legend; what is drawn goes along as JSON, and plots.js draws it in the browser. */
export const plot = (spec: PlotSpec): Html => html`
<figure class="plot"><figcaption>${spec.title}</figcaption>
  <p class="legend lines">${spec.series.map(key)}</p>
  <div class="chart" role="img" aria-label="${spec.title}"></div>
  <script type="application/json">${jsonForScript(spec)}</script>
</figure>`;
