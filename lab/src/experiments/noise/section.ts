import type { Topology } from '../../environments/environment.ts';
import { type Html, html } from '../../report/html.ts';
import { plot } from '../../report/plot.ts';
import type { SameAgainstSame } from '../../statistics/same-against-same.ts';
import type { Finding, Section } from '../experiment.ts';
import { everything } from '../steady/figures.ts';
import { allParts, databases, ourCode } from '../steady/readings.ts';
import { inOrder } from '../steady/trials.ts';
import { formatPercent, formatRange, formatRatio, kindNames } from '../steady/words.ts';
import type { Noise, SelfComparison } from './digest.ts';
import { compared, type Floors } from './floors.ts';

const summed = [everything, ourCode, databases, allParts];

const topologiesOf = ({ comparisons }: Noise) => inOrder(comparisons.map(({ topology }) => topology));

const cell = (found: SelfComparison | undefined): Html =>
  found === undefined
    ? html`<td>–</td>`
    : html`<td><b>${formatRatio(found.ratio.value)}</b> <small>${formatRange(found.ratio)} n=${found.ratio.trials}</small></td>`;

const table = (noise: Noise, caption: string, shown: (one: SelfComparison) => boolean): Html => {
  const topologies = topologiesOf(noise);
  const rows = new Map(
    noise.comparisons.filter(shown).map(({ kind, of }) => [`${kind} ${of}`, { kind, of }]),
  );
  return html`<div class="scroll"><table>
    <caption>${caption}</caption>
    <thead><tr><th scope="col">A1 / A2 of</th>${topologies.map((one) => html`<th scope="col" class="${one}">${one}</th>`)}</tr></thead>
    <tbody>${[...rows.values()].map(
      ({ kind, of }) =>
        html`<tr><th scope="row">${kindNames[kind]}, ${of}</th>${topologies.map((topology) =>
          cell(
            noise.comparisons.find((one) => one.topology === topology && one.kind === kind && one.of === of),
          ),
        )}</tr>`,
    )}</tbody></table></div>`;
};

const picture = ({ comparisons }: Noise, topologies: readonly Topology[]): Html => {
  // One topology after the other, the ratios of each upwards.
  const sorted = topologies.flatMap((topology) =>
    comparisons
      .filter((one) => one.topology === topology)
      .sort((a, b) => a.ratio.value - b.ratio.value)
      .map(({ ratio }) => ({ topology, ratio })),
  );
  const places = sorted.map((one, index) => ({ ...one, x: index + 1 }));
  return plot({
    title: 'Every A/A ratio with its 95 % interval, by topology and upwards: 1 is no difference',
    x: { label: 'comparison', min: 0 },
    y: { label: 'A1 / A2' },
    series: topologies.map((topology) => {
      const mine = places.filter((one) => one.topology === topology);
      return {
        name: topology,
        style: 'points',
        colour: topology,
        x: mine.map(({ x }) => x),
        y: mine.map(({ ratio }) => ratio.value),
        low: mine.map(({ ratio }) => ratio.low),
        high: mine.map(({ ratio }) => ratio.high),
      };
    }),
  });
};

/** "median latency 4.1 % (one route: 6.0 %), …" */
const list = (floors: Floors | null): string =>
  floors === null
    ? 'too few trials to tell'
    : compared
        .map((kind) => {
          const part = kind === 'cpu' ? 'one component' : 'one route';
          return `${kindNames[kind]} ${formatPercent(floors[kind].overall)} (${part}: ${formatPercent(floors[kind].single)})`;
        })
        .join(', ');

const judgement = ({ ratios, outside, allowed, probability, near, sound }: SameAgainstSame): string => {
  if (near) return `All ${ratios} A/A ratios are within 3 % of 1.`;
  const counted = `${outside} of ${ratios} A/A ratios have a 95 % interval that leaves out 1, where chance allows ${allowed}`;
  if (sound) return `${counted} (as many or more by chance: probability ${probability.toFixed(2)}).`;
  return probability < 0.01
    ? `${counted}: intervals are too narrow here, and differences near the noise floor must not be believed.`
    : `There are too few trials for intervals, so that chance cannot be judged.`;
};

const findings = (noise: Noise): Finding[] => [
  { question: 'noise', text: judgement(noise.verdict) },
  {
    question: 'noise',
    text: `The noise floor, which 19 of 20 comparisons of a topology with itself stay below: ${list(noise.floors)}. Smaller differences between topologies are printed as "no difference found".`,
  },
];

/** The section of the report. */
export const noiseSection = (noise: Noise): Section => ({
  findings: findings(noise),
  data: noise,
  html: html`
<section id="noise">
  <h2>Noise: the same topology against itself</h2>
  <p>Each topology is measured twice in a row under two names, A1 and A2, in the order A1 A2, A2 A1, …, and compared with
  itself exactly as it is compared with others in Cost. Whatever differs is noise.</p>
  <p>${judgement(noise.verdict)}</p>
  <p><b>Noise floor</b>, below which 95 % of further A/A ratios are expected: ${list(noise.floors)}.</p>
  <p><b>What this machine can resolve</b>, found in 8 of 10 studies of this size: ${list(noise.resolvable)}.</p>
  ${picture(noise, topologiesOf(noise))}
  ${table(noise, 'Ratio of medians, A1 over A2, all requests together', ({ of }) => summed.includes(of))}
  <details><summary>Each route and component</summary>
  ${table(noise, 'Ratio of medians, A1 over A2, one by one', ({ of }) => !summed.includes(of))}</details>
  <p class="note">The binomial test takes the comparisons for independent. Those of one topology share their trials and so
  their luck: the test blames too often rather than too seldom.</p>
</section>`,
});
