// `npm run load -- <script>`: runs one of the scripts in load/ with the k6 that is found.
import { once } from 'node:events';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { findK6, SOURCES, type Source } from './generator/find-k6.ts';
import type { K6Process } from './generator/k6.ts';
import { readGeneratorSettings } from './generator/settings.ts';

const SCRIPTS = ['smoke', 'steady', 'stress', 'spike', 'soak', 'compare'];

type Options = { baseUrl: string; set?: Record<string, string>; k6?: Source };

const constant = (text: string, earlier: Record<string, string> = {}): Record<string, string> => {
  const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('Give NAME=value, for example RATE=200.');
  return { ...earlier, [name]: value };
};

/** From a terminal Ctrl-C reaches k6 by itself; a second one would make it drop its summary. */
const passSignalsTo = ({ child }: K6Process): void => {
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
};

const run = async (script: string, { baseUrl, set, k6: source }: Options): Promise<void> => {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const k6 = await findK6(readGeneratorSettings(), log, source ? [source] : SOURCES);
  if (!k6) {
    log('The load scripts need k6 1.0 or later on the PATH, or Docker, or Go to build it with.');
    process.exitCode = 1;
    return;
  }
  log(`Load comes from k6 ${k6.version} (${k6.origin}).`);
  const started = k6.start({ script, constants: { BASE_URL: baseUrl, ...set }, flags: [], stdio: 'inherit' });
  passSignalsTo(started);
  const [code]: unknown[] = await once(started.child, 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
};

await new Command('load')
  .description('Puts load on a running system. Exits with 99 when an objective is not met.')
  .addArgument(new Argument('<script>', 'what to run').choices(SCRIPTS))
  .option('--base-url <url>', 'the system under load', 'http://127.0.0.1:8080')
  .option('--set <NAME=value>', 'a constant of load/constants.ts (again for each)', constant)
  .addOption(new Option('--k6 <source>', 'take k6 from here only').choices(SOURCES))
  .action(run)
  .parseAsync();
