import type { Environment } from '../environments/environment.ts';
import { mainTopologies } from '../environments/environment.ts';
import type { Generator } from '../generator/generator.ts';
import type { Report } from '../report/schema.ts';
import { loadSeconds, phaseSeconds } from '../trial/phases.ts';
import { warm } from '../trial/warm.ts';
import { findings } from './findings.ts';
import { describeCommit } from './machine.ts';
import { type CompareOptions, repeatCommand } from './options.ts';
import { showProgress } from './progress.ts';
import { runStudy } from './study.ts';
import { target } from './target.ts';
import { withWarnings } from './warnings.ts';

const warmSeconds = 5;

/** An environment with what a report says of it. */
export type Described = {
  environment: Environment;
  budgets: string;
  machine: Report['machine'];
};

/** Runs all trials on an environment that is up, and counts them. Progress goes to `stream`. */
export const measure = async (
  options: CompareOptions,
  { environment, budgets, machine }: Described,
  generator: Generator,
  stream: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<Report> => {
  const { trials, rate, faults, out } = options;
  const seconds = phaseSeconds(options.seconds);
  const progress = showProgress(stream, trials, loadSeconds(seconds, faults.length));
  const setting = { environment, generator, rate, faults, seconds, onLoad: progress.onLoad };
  try {
    await warm(
      mainTopologies.map((topology) => environment.deployment(topology).baseUrl),
      warmSeconds,
      signal,
    );
    const { runs, voidTrials, counted } = await runStudy(setting, trials, out, signal, progress);
    return withWarnings({
      generatedAt: new Date().toISOString(),
      commit: await describeCommit(),
      environment: environment.name,
      budgets,
      machine,
      engine: generator.engine,
      preview: generator.preview,
      command: repeatCommand(options),
      rate,
      trials: Math.min(
        ...mainTopologies.map((one) => runs.filter(({ topology }) => topology === one).length),
      ),
      trialsPlanned: trials,
      faults: [...faults],
      target,
      seconds,
      voidTrials,
      runs,
      ...findings(counted, faults),
    });
  } finally {
    progress.stop();
  }
};
