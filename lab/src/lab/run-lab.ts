import { join } from 'node:path';
import { createComposeEnvironment } from '../environments/compose/compose-environment.ts';
import { createEcsEnvironment } from '../environments/ecs/ecs-environment.ts';
import type { Environment, Topology } from '../environments/environment.ts';
import { createKubernetesEnvironment } from '../environments/kubernetes/kubernetes-environment.ts';
import { readLocalConfig } from '../environments/local/config.ts';
import { createLocalEnvironment } from '../environments/local/local-environment.ts';
import { createSwarmEnvironment } from '../environments/swarm/swarm-environment.ts';
import type { LabOptions, Slot } from '../experiments/experiment.ts';
import { experiments } from '../experiments/list.ts';
import { sayProgress } from '../experiments/progress.ts';
import { pending, runExperiment } from '../experiments/run.ts';
import { describeSession, openStudy, requireSameStudy } from '../experiments/study.ts';
import { type StudyReport, writeStudyReport } from '../experiments/study-report.ts';
import { findGenerator } from '../generator/find-generator.ts';
import { warm } from '../trial/warm.ts';

/** Options as the command line gives them. */
export interface Asked extends LabOptions {
  out?: string;
}

type Say = (line: string) => void;

const warmSeconds = 5;

const create: Readonly<Record<LabOptions['env'], (say: Say) => Environment>> = {
  local: (report) =>
    createLocalEnvironment({
      config: { ...readLocalConfig(), monolithPort: 0, gatewayPort: 0 },
      logLevel: 'warn',
      report,
    }),
  compose: () => createComposeEnvironment(),
  swarm: () => createSwarmEnvironment(),
  kubernetes: () => createKubernetesEnvironment(),
  ecs: () => createEcsEnvironment(),
};

const needed = (slots: readonly Slot[]): Topology[] => [
  ...new Set(slots.flatMap(({ topologies }) => topologies)),
];

const bringUp = async (
  environment: Environment,
  topologies: readonly Topology[],
  signal: AbortSignal,
  say: Say,
) => {
  if (topologies.length === 0) return;
  say(`Starting ${topologies.join(', ')} on ${environment.name}.`);
  await environment.up(topologies);
  const urls = topologies.map((topology) => environment.deployment(topology).baseUrl);
  await warm(urls, warmSeconds, signal);
};

/**
 * Runs the named experiments as far as they are not finished in the results folder, and writes the report.
 * @throws the signal's reason when aborted; OtherStudy when the folder holds results of other options
 */
export const runLab = async (
  names: readonly string[],
  { out: given, ...options }: Asked,
  signal: AbortSignal,
  say: Say,
): Promise<StudyReport> => {
  const out = given ?? join('lab-results', options.quick ? `${options.env}-quick` : options.env);
  await requireSameStudy(out, options);
  const chosen = names.flatMap((name) => experiments.filter(({ experiment }) => experiment.name === name));
  const plans = await Promise.all(
    chosen.map(async ({ experiment }) => pending(experiment, out, experiment.slots(options))),
  );
  const slots = plans.flat();
  if (slots.length === 0) {
    say(`Everything in ${out} is finished; drawing its report.`);
    return writeStudyReport(out);
  }
  const generator = await findGenerator({ log: say });
  const environment = create[options.env](say);
  await openStudy(
    out,
    options,
    await describeSession(generator.engine, generator.preview, environment.budgets),
  );
  const down = (): Promise<void> => environment.down();
  signal.addEventListener('abort', () => void down(), { once: true });
  try {
    await bringUp(environment, needed(slots), signal, say);
    const progress = sayProgress(slots, say);
    for (const { experiment } of chosen)
      await runExperiment(experiment, out, { options, environment, generator, signal, say }, progress);
  } finally {
    await down();
  }
  return writeStudyReport(out);
};
