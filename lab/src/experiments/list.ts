// All experiments, in the order in which `all` runs them: what needs the quietest machine comes first.
import type { Experiment } from './experiment.ts';

/** With the title of its section. */
export interface Listed {
  title: string;
  about: string;
  experiment: Experiment<unknown>;
}

export const experiments: readonly Listed[] = [];

/** What has to run first: cost's differences are held against noise's floor. */
export const runOrder = ['noise', 'cost', 'isolation', 'breach', 'scaling', 'delivery'] as const;
