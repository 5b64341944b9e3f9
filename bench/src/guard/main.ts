import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { describeMachine } from '../../../lab/src/compare/machine.ts';
import { CannotStart } from '../../../lab/src/environments/cannot-start.ts';
import { readGeneratorSettings } from '../../../lab/src/generator/settings.ts';
import { formatEstimate } from '../show/cells.ts';
import { createProgress } from '../show/progress.ts';
import { renderGrid } from '../show/terminal.ts';
import { type Committed, committedSchema, isWorse } from './committed.ts';
import { measureRatios } from './ratios.ts';

const file = join(import.meta.dirname, '../../headline.json');
const pairs = { check: 7, update: 20 } as const;

const { update } = new Command('npm run bench:guard --')
  .description(
    'Measures three ratios of CPU a request, ours to what one would use instead, in under 90 s, and fails when one of\n' +
      'them is worse than the committed one by more than both intervals.',
  )
  .option('--update', 'measure longer, and put the figures in the place of the committed ones', false)
  .parse()
  .opts<{ update: boolean }>();

async function guard(): Promise<boolean> {
  if (!update && !existsSync(file))
    throw new CannotStart('Nothing is committed to compare with: npm run bench:guard -- --update');
  const known: Record<string, Committed> = update
    ? {}
    : committedSchema.parse(JSON.parse(await readFile(file, 'utf8'))).ratios;
  const progress = createProgress(process.stderr);
  const { cores, cpu, node } = await describeMachine();
  const context = { settings: readGeneratorSettings(), quick: false, progress };
  const measured = await measureRatios(context, update ? pairs.update : pairs.check).finally(progress.end);
  const rows = [...measured].map(([name, ratio]) => {
    const committed = known[name];
    const verdict = committed && isWorse(ratio, committed) ? 'WORSE' : 'holds';
    return [name, formatEstimate(ratio, 2), formatEstimate(committed ?? null, 2), verdict];
  });
  console.log(renderGrid({ title: 'CPU a request', head: ['', 'measured', 'committed', ''], rows }));
  if (update) {
    const about = { command: 'npm run bench:guard -- --update', machine: `${cores} × ${cpu}, Node ${node}` };
    const content = committedSchema.parse({ ...about, ratios: Object.fromEntries(measured) });
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
  }
  return rows.every(([, , , verdict]) => verdict === 'holds');
}

try {
  if (!(await guard())) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
