// `npm run accept`: the same suite on every platform, from nothing to nothing.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type CheckName, checkNames } from './accept/check.ts';
import type { PlatformName } from './accept/platform.ts';
import { runAccept } from './accept/run-accept.ts';
import { readRecords, renderAccept } from './accept/table.ts';
import { CannotStart } from './environments/cannot-start.ts';

interface Asked {
  env?: PlatformName;
  check?: CheckName[];
  short: boolean;
  json: boolean;
  out: string;
}

const began = performance.now();
const say = (line: string): void => {
  const seconds = Math.round((performance.now() - began) / 1_000);
  process.stderr.write(`[${String(seconds).padStart(4)} s] ${line}\n`);
};

const checkName = (text: string, earlier: CheckName[] = []): CheckName[] => {
  const name = checkNames.find((name) => name === text);
  if (name !== undefined) return [...earlier, name];
  throw new InvalidArgumentError(`Choose from ${checkNames.join(', ')}.`);
};

const program = new Command('npm run accept --')
  .description(
    'Deploys the topologies on a platform and checks every promise of its manifests under load; removes all of it.',
  )
  .exitOverride()
  .addOption(new Option('--env <platform>', 'where').choices(['compose', 'swarm', 'kubernetes', 'ecs']))
  .option(
    '--check <name>',
    `only this one, and any others given likewise: ${checkNames.join(', ')}`,
    checkName,
  )
  .option('--short', 'fewer rounds and requests, for every push', false)
  .option('--json', "print the platform's accept.json instead of the table", false)
  .option('--out <dir>', 'results, a folder for each platform', 'accept-results')
  .addHelpText(
    'after',
    `
Examples:
  npm run accept -- --env compose                    the whole suite: under 20 minutes
  npm run accept -- --env kubernetes --short         the same in about 5
  npm run accept -- --env swarm --check rollout      one check; the others keep their last results
  npm run accept                                     prints the table of the last results

Exit codes: 0 every check that ran held, 1 one did not or nothing started, 2 wrong command line, 130 interrupted.`,
  );

async function main(signal: AbortSignal): Promise<void> {
  const { env, check, short, json, out } = program.parse().opts<Asked>();
  if (env !== undefined) {
    const form = short ? 'short' : 'full';
    const record = await runAccept({ env, form, out, ...(check && { check }) }, signal, say);
    const isRun = (name: CheckName): boolean => check?.includes(name) ?? true;
    if (record.checks.some(({ name, ok }) => isRun(name) && ok === false)) process.exitCode = 1;
    if (json) return void process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
  }
  const records = await readRecords(out);
  if (json) return void process.stdout.write(`${JSON.stringify(records, null, 2)}\n`);
  process.stdout.write(
    records.length === 0 ? `There are no results in ${out}.\n` : `${renderAccept(records)}\n`,
  );
}

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => interruption.abort(new Error(`Stopped by ${name}.`)));
}

try {
  await main(interruption.signal);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (interruption.signal.aborted) {
    const isClean = error === interruption.signal.reason;
    say(isClean ? 'Interrupted; everything was removed.' : `Interrupted; removing failed: ${String(error)}`);
    process.exitCode = 130;
  } else {
    say(error instanceof CannotStart ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
