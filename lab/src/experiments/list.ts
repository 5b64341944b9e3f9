// All experiments, in the order in which `all` runs them: what needs the quietest machine comes first.
import { breach } from './breach/experiment.ts';
import { cost } from './cost/experiment.ts';
import { delivery } from './delivery/experiment.ts';
import type { Experiment } from './experiment.ts';
import { isolation } from './isolation/experiment.ts';
import { noise } from './noise/experiment.ts';
import { scaling } from './scaling/experiment.ts';

/** With the title of its section. */
export interface Listed {
  title: string;
  about: string;
  experiment: Experiment<unknown>;
}

export const experiments: readonly Listed[] = [
  { title: 'Isolation', about: 'which routes answer while one part is broken', experiment: isolation },
  { title: 'Breach', about: 'what the code of one component can reach', experiment: breach },
  { title: 'Scaling', about: 'what it takes to serve more of one route', experiment: scaling },
  { title: 'Delivery', about: 'what a one-line change rebuilds, restarts and fails', experiment: delivery },
  { title: 'Cost', about: 'latency, CPU, memory, connections and bytes at the same load', experiment: cost },
  { title: 'Noise', about: 'the same topology against itself', experiment: noise },
];

/** What has to run first: cost's differences are held against noise's floor. */
export const runOrder = ['noise', 'cost', 'isolation', 'breach', 'scaling', 'delivery'] as const;
