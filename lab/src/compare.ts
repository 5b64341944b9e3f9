import { CommanderError } from 'commander';
import { describeMachine } from './compare/machine.ts';
import { type Described, measure } from './compare/measure.ts';
import { type CompareOptions, readOptions } from './compare/options.ts';
import { recount } from './compare/redraw.ts';
import { renderTable } from './compare/table.ts';
import { mainTopologies } from './environments/environment.ts';
import { readLocalConfig } from './environments/local/config.ts';
import { createLocalEnvironment } from './environments/local/local-environment.ts';
import { findGenerator } from './generator/find-generator.ts';
import type { Report } from './report/schema.ts';
import { formatJson, writeReport } from './report/write.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Any free ports: a comparison may run beside `npm start`, although each then disturbs the other. */
const localEnvironment = async (): Promise<Described> => ({
  machine: await describeMachine(),
  budgets: 'not enforced: all components of both topologies share this machine',
  environment: createLocalEnvironment({
    config: { ...readLocalConfig(), monolithPort: 0, gatewayPort: 0 },
    logLevel: 'warn',
  }),
});

const compare = async (options: CompareOptions, signal: AbortSignal): Promise<Report> => {
  const generator = await findGenerator({ log: say });
  signal.throwIfAborted();
  const described = await localEnvironment();
  const { environment } = described;
  const down = (): Promise<void> => environment.down();
  signal.addEventListener('abort', () => void down(), { once: true });
  try {
    say('Starting both topologies.');
    await environment.up(mainTopologies);
    return await measure(options, described, generator, process.stderr, signal);
  } finally {
    await down();
  }
};

const main = async (signal: AbortSignal): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  const out = options.redraw ?? options.out;
  const report = await (options.redraw === undefined ? compare(options, signal) : recount(options.redraw));
  const files = await writeReport(out, report);
  process.stdout.write(options.json ? formatJson(report) : `${renderTable(report)}\n`);
  if (report.trials < report.trialsPlanned) process.exitCode = 1;
  say(`Written: ${files.html}, ${files.json} and ${out}/samples.`);
};

// A reader that has seen enough (`| head`) is no failure: all files are written by then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => interruption.abort(new Error(`Stopped by ${name}.`)));
}

try {
  await main(interruption.signal);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    say(
      interruption.signal.aborted
        ? 'Interrupted; everything was stopped.'
        : error instanceof Error
          ? error.message
          : String(error),
    );
    process.exitCode = interruption.signal.aborted ? 130 : 1;
  }
}
