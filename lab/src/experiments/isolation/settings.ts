import type { Module, Topology } from '../../environments/environment.ts';
import { faults } from '../../faults/registry.ts';

/** What is measured, and for how long. Times in seconds. */
export interface Settings {
  /** Requests a second; a surge starts from half of it. */
  rate: number;
  warmUp: number;
  baseline: number;
  /** From when a fault is seen until its removal. */
  fault: number;
  recovery: number;
  /** The same for a fault after which a process starts anew. */
  recoveryAnew: number;
  /** Trials of each cell, unless asked for otherwise. */
  trials: number;
  /** Blocks of further trials of faults in posts in microservices, at the end and unless asked for otherwise. */
  furtherBlocks: number;
  /** Names of the faults that a module has in a topology. */
  faultsOf(module: Module, topology: Topology): readonly string[];
}

const all = faults.map(({ name }) => name);
/** The most telling ones, for the module that the others depend on. */
const telling = ['killed', 'hung', 'database-stopped'];
const isMain = (topology: Topology): boolean => topology === 'monolith' || topology === 'microservices';

/**
 * 6 s of fault: three times the 2 s for which a caller waits, and, with 6 trials of 11 faults at 400 requests a second
 * (51 % of them for users and threads), some 77,000 requests for these while posts is broken. Two further trials of
 * microservices make it 100,000: fewer could not tell 99.99 % from less.
 */
export const standard: Settings = {
  rate: 400,
  warmUp: 1,
  baseline: 2,
  fault: 6,
  recovery: 4,
  recoveryAnew: 6,
  trials: 6,
  furtherBlocks: 2,
  faultsOf(module, topology) {
    if (module === 'posts') return all;
    return module === 'users' && isMain(topology) ? telling : [];
  },
};

/** One that replication helps against, one that it does not, and one of data. */
export const quick: Settings = {
  ...standard,
  rate: 200,
  baseline: 1,
  fault: 2,
  recovery: 3,
  recoveryAnew: 3,
  trials: 1,
  furtherBlocks: 0,
  faultsOf: (module) => (module === 'posts' ? ['killed', 'event-loop-blocked', 'database-stopped'] : []),
};
