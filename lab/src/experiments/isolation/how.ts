import { formatCount } from '../../report/format.ts';
import { type Html, html } from '../../report/html.ts';
import type { Kept } from '../experiment.ts';
import type { IsolationRecord } from './record.ts';

const range = (values: readonly number[]): string => {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low} to ${high}`;
};

/** How a trial goes, in which order they were run, and what is left out. */
export const howItWasDone = (kept: readonly Kept<IsolationRecord>[]): Html => {
  const records = kept.map(({ record }) => record);
  const seconds = (key: 'warmUp' | 'baseline' | 'fault' | 'recovery'): string =>
    range(records.map((one) => one.seconds[key]));
  const voids = kept.reduce((sum, one) => sum + one.voids.length, 0);
  return html`<details><summary>How it was measured</summary><ul class="rules">
  <li>A trial is one fault in one topology: ${seconds('warmUp')} s of warm-up, which is dropped, ${seconds('baseline')} s of baseline,
  ${seconds('fault')} s of fault (more where a rollout takes its time) and ${seconds('recovery')} s of recovery, at ${range(records.map(({ rate }) => rate))}
  requests a second of the whole mix, open-loop. Before it the topology has to answer all modules.</li>
  <li>A fault lasts three times the 2 s for which a caller waits. Trials of microservices are as many as give users and threads
  100,000 requests while posts is broken: fewer could not tell 99.99 % from less.</li>
  <li>Order: blocks, each of which holds every cell of topology, module and fault once, shuffled by the study’s seed; controls have fewer
  trials, in blocks spread evenly. Further trials of microservices, for the number of their requests, come last. All topologies are up all the time; only one has load.</li>
  <li>A fault of a process (killed, hung) hits one replica; a fault in code (event loop, leak, slow, pool, bad version) hits every replica that
  runs this code; a database fault hits the server that holds the module’s tables.</li>
  <li>A request belongs to the phase in which it was sent. Left out: requests sent from 0.1 s before a fault until it was seen, and
  while it was being undone. A rollout counts from its order, since coming about is part of it.</li>
  <li>Failed: no answer within 2 s, a broken one, or not the status that the route should give. Latencies are of answered requests.</li>
  <li>Intervals of shares: a cluster bootstrap over trials and seconds, at least as wide as Wilson’s. Intervals of p99 ratios: a cluster
  bootstrap over trials, a trial’s fault and baseline drawn together. Both with Student’s t. Two shares differ where their intervals are
  apart; else “no difference found”.</li>
  <li>A trial is void, and repeated, when the load was not kept up, the topology answered less than 99 % before
  its fault, or the fault was not seen or did not last: ${formatCount(voids)} of
  ${formatCount(kept.length + voids)}.</li></ul></details>`;
};
