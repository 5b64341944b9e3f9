import { Command } from 'commander';
import { CannotStart } from '../../lab/src/environments/cannot-start.ts';
import { readGeneratorSettings } from '../../lab/src/generator/settings.ts';
import { type BenchOptions, bench, writeDocument } from './bench.ts';
import { parts } from './parts.ts';

const all = parts.reduce((sum, { minutes }) => sum + minutes, 0);
const list = parts.map(
  ({ name, minutes, title }) => `  ${name.padEnd(10)}${String(minutes).padStart(3)} min  ${title}`,
);

const command = new Command('npm run bench --')
  .description('Measures how fast Cleave is against what one would use instead, on this machine (Linux).')
  .argument('[parts...]', 'default: all')
  .option('--quick', 'short windows and few rounds, to see that it works: no evidence', false)
  .option('--resume', 'leave out parts that were measured at this commit', false)
  .option('--docs', 'measure nothing: put the latest figures of all parts into docs/performance.md', false)
  .option(
    '--out <folder>',
    'where bench.json and bench.html are (default: bench-results, or bench-results/quick)',
  )
  .addHelpText(
    'after',
    `
Parts, and how long they take on two cores that do nothing else (${all} min in all; a tenth of it with --quick):
${list.join('\n')}

Each part is written as soon as it is there; what others found stays. What is compared with is kept in the user's cache
(XDG_CACHE_HOME, default ~/.cache).`,
  )
  .parse();
const {
  quick,
  resume,
  docs,
  out = quick ? 'bench-results/quick' : 'bench-results',
} = command.opts<Omit<BenchOptions, 'names'> & { docs: boolean }>();

try {
  if (docs) await writeDocument(out);
  else await bench({ names: command.args, quick, resume, out }, readGeneratorSettings());
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
