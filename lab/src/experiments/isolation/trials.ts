import { type Module, modules, type Topology } from '../../environments/environment.ts';
import { faultNamed } from '../../faults/registry.ts';
import { createDraw, type DrawBelow } from '../../statistics/random.ts';
import type { PhaseSeconds } from '../../trial/phases.ts';
import type { LabOptions, Slot } from '../experiment.ts';
import { trialsOf } from '../steady/trials.ts';
import type { Settings } from './settings.ts';

/** One trial to be run: the how-manieth of its cell, from 1. */
export interface Trial {
  topology: Topology;
  module: Module;
  fault: string;
  trial: number;
}

/** What k6 needs before the load and after it, looking whether the topology is well, and counting. */
const overheadSeconds = 5;

export const idOf = ({ topology, module, fault, trial }: Trial): string =>
  `${module}-${fault}.${topology}.${trial}`;

/** Length of the parts of a trial. A rollout takes its time before the fault is there in full. */
export const secondsOf = ({ topology, fault }: Trial, settings: Settings): PhaseSeconds => {
  const { leadSeconds, startsAnew } = faultNamed(fault);
  return {
    warmUp: settings.warmUp,
    baseline: settings.baseline,
    fault: leadSeconds(topology) + settings.fault,
    recovery: startsAnew ? settings.recoveryAnew : settings.recovery,
  };
};

/** Whether block `block` of `blocks` holds one of a topology's `trials`, which are spread evenly over the blocks. */
const isDue = (block: number, blocks: number, trials: number): boolean =>
  Math.floor((block * trials) / blocks) > Math.floor(((block - 1) * trials) / blocks);

const cellsOf = (options: LabOptions, settings: Settings): Omit<Trial, 'trial'>[] =>
  options.topologies.flatMap((topology) =>
    modules.flatMap((module) =>
      settings.faultsOf(module, topology).map((fault) => ({ topology, module, fault })),
    ),
  );

/** Fisher and Yates. */
const shuffled = <T>(values: readonly T[], draw: DrawBelow): T[] => {
  const left = [...values];
  return values.flatMap(() => left.splice(draw(left.length), 1));
};

/** Trials for the number of their requests alone; last, so that a run that is cut short lacks nothing else. */
const furtherTrials = (options: LabOptions, settings: Settings, draw: DrawBelow): Trial[] => {
  if (options.trials !== undefined) return [];
  const cells = cellsOf(options, settings).filter(
    ({ topology, module }) => topology === 'microservices' && module === 'posts',
  );
  return Array.from({ length: settings.furtherBlocks }, (_, index) => settings.trials + index + 1).flatMap(
    (trial) => shuffled(cells, draw).map((cell) => ({ ...cell, trial })),
  );
};

/**
 * All trials in order: in blocks, each of which holds every cell of topology, module and fault once in an order drawn
 * by the seed, so that a machine that changes by the hour does so to all of them alike. Controls have fewer trials,
 * in blocks spread evenly. At the end come the further trials of microservices.
 */
export const trialsIn = (options: LabOptions, settings: Settings): Trial[] => {
  const draw = createDraw(options.seed);
  const due = (topology: Topology): number => trialsOf(topology, options, settings.trials);
  const blocks = Math.max(0, ...options.topologies.map(due));
  const inBlocks = Array.from({ length: blocks }, (_, index) => index + 1).flatMap((block) => {
    const cells = cellsOf(options, settings).filter(({ topology }) => isDue(block, blocks, due(topology)));
    return shuffled(cells, draw).map((cell) => ({
      ...cell,
      trial: Math.floor((block * due(cell.topology)) / blocks),
    }));
  });
  return [...inBlocks, ...furtherTrials(options, settings, draw)];
};

export const slotOf = (trial: Trial, settings: Settings): Slot => {
  const { warmUp, baseline, fault, recovery } = secondsOf(trial, settings);
  return {
    id: idOf(trial),
    title: `${trial.topology}, ${trial.module} ${faultNamed(trial.fault).label}, trial ${trial.trial}`,
    topologies: [trial.topology],
    seconds: warmUp + baseline + fault + recovery + overheadSeconds,
  };
};
