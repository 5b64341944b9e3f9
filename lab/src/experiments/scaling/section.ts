import { formatCount } from '../../report/format.ts';
import { type Html, html } from '../../report/html.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { Section } from '../experiment.ts';
import { objectiveText } from '../steady/objective.ts';
import { postsRoute } from '../steady/routes.ts';
import { formatMiB } from '../steady/words.ts';
import { type Curve, curvesOf } from './curve.ts';
import { scalingFindings } from './findings.ts';
import { curvePlot } from './plots.ts';
import type { LadderRecord, ScalingRecord, SweepRecord } from './record.ts';
import { type Ladder, laddersOf, type Rung } from './rungs.ts';

const limitOf = ({ met, trials, machineFull, generatorShort }: Rung): string => {
  if (met === trials) return '';
  if (machineFull > 0) return `machine: nearly all cores busy (${machineFull} of ${trials})`;
  if (generatorShort > 0) return `generator: short of CPU or behind (${generatorShort} of ${trials})`;
  return 'topology: the machine had cores left';
};

const rungRow = (ladder: Ladder, rung: Rung): Html => html`
  <tr><th scope="row"><span class="${ladder.topology}">${ladder.topology}</span> ${formatCount(rung.rate)}/s</th>
  <td>${rung.met} of ${rung.trials}</td><td>${ladder.scaled === null ? '1 (nothing to add)' : `${rung.replicas} of ${ladder.scaled}`}</td>
  <td>${rung.cores.toFixed(2)}</td><td>${formatMiB(rung.memoryBytes)}</td><td>${formatCount(rung.connections)}</td>
  <td>${limitOf(rung)}</td></tr>`;

const ladderTable = (ladders: readonly Ladder[]): Html => html`
  <div class="scroll"><table>
    <caption>What each rate of ${postsRoute} took (medians; objective: ${objectiveText})</caption>
    <thead><tr><th scope="col">topology and rate</th><th scope="col">objective met</th><th scope="col">replicas</th>
    <th scope="col">cores used</th><th scope="col">memory of our code</th><th scope="col">database connections</th>
    <th scope="col">limit</th></tr></thead>
    ${ladders.map((ladder) => html`<tbody>${ladder.rungs.map((rung) => rungRow(ladder, rung))}</tbody>`)}</table></div>`;

const estimate = ({ value, low, high }: Estimate, digits: number): string =>
  low === null || high === null
    ? value.toFixed(digits)
    : `${value.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;

const checkText = ({ check }: Curve): string => {
  if (check === null) return '–';
  const error = (100 * (check.predicted - check.measured)) / check.measured;
  return `${check.replicas} replicas: ${formatCount(check.predicted)}/s predicted, ${formatCount(check.measured)}/s measured (${error > 0 ? '+' : ''}${error.toFixed(0)} %)`;
};

const lawRow = (curve: Curve): Html => html`
  <tr><th scope="row" class="${curve.topology}">${curve.topology}</th><td>${curve.scaled ?? 'nothing to add'}</td>
  <td>${curve.trials}</td>${
    curve.law === null
      ? html`<td colspan="3">no fit: it needs three numbers of replicas</td>`
      : html`<td>${estimate(curve.law.lambda, 0)}</td><td>${estimate(curve.law.sigma, 3)}</td><td>${estimate(curve.law.kappa, 4)}</td>`
  }<td>${checkText(curve)}</td><td>${curve.ofMachine ? 'the machine: nearly all cores were busy' : 'the topology'}</td></tr>`;

const lawTable = (curves: readonly Curve[]): Html => html`
  <div class="scroll"><table>
    <caption>Universal Scalability Law fitted to throughput over replicas, with 95 % intervals</caption>
    <thead><tr><th scope="col">topology</th><th scope="col">replicas of</th><th scope="col">trials</th><th scope="col">λ, one replica a second</th>
    <th scope="col">σ, contention</th><th scope="col">κ, coherency</th><th scope="col">largest count predicted from the others</th>
    <th scope="col">describes</th></tr></thead>
    <tbody>${curves.map(lawRow)}</tbody></table></div>`;

const pointRows = ({ topology, points, trials }: Curve): Html[] =>
  points.map(
    (point) => html`<tr><th scope="row"><span class="${topology}">${topology}</span> ${point.replicas}</th>
    <td>${formatCount(point.throughput.value)}/s</td><td>${point.cores.toFixed(2)}</td><td>${point.machineFull} of ${trials}</td></tr>`,
  );

const pointTable = (curves: readonly Curve[]): Html => html`
  <div class="scroll"><table><caption>Saturated throughput by replicas (medians)</caption>
    <thead><tr><th scope="col">topology and replicas</th><th scope="col">throughput</th><th scope="col">cores used</th><th scope="col">machine full</th></tr></thead>
    <tbody>${curves.map(pointRows)}</tbody></table></div>`;

const isLadder = (record: ScalingRecord): record is LadderRecord => record.kind === 'ladder';
const isSweep = (record: ScalingRecord): record is SweepRecord => record.kind === 'sweep';

/** The section of the report. */
export const scalingSection = (records: readonly ScalingRecord[]): Section => {
  const sweeps = records.filter(isSweep);
  const ladders = laddersOf(records.filter(isLadder));
  const curves = curvesOf(sweeps);
  return {
    findings: scalingFindings(ladders, curves),
    data: { ladders, curves },
    html: html`
<section id="scaling">
  <h2>Scaling: more of one route</h2>
  <p>The load of one read, the list of posts in a thread, is doubled until its objective breaks; then replicas are added of
  the least that helps: of posts in the split topologies, of the whole in monolith-replicated, up to four. Both begin with
  one. The plain monolith owns its port and has nothing before it that could spread load, so there is nothing to add.</p>
  ${ladderTable(ladders)}
  <p>Then the same read is asked for as fast as it is answered, by 24 connections of a light closed-loop generator, with one
  to four replicas. Where nearly all cores of this machine were busy, more replicas could not have brought more: such a point
  says how large the machine is.</p>
  ${curvePlot(sweeps, curves)}
  ${lawTable(curves)}
  <details><summary>Every number of replicas</summary>${pointTable(curves)}</details>
</section>`,
  };
};
