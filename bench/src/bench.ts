import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeCommit, describeMachine } from '../../lab/src/compare/machine.ts';
import { CannotStart } from '../../lab/src/environments/cannot-start.ts';
import type { GeneratorSettings } from '../../lab/src/generator/settings.ts';
import type { Context } from './context.ts';
import type { Part } from './part.ts';
import { parts, partsNamed } from './parts.ts';
import { benchSchema, type PartResult } from './result.ts';
import { onGround } from './run/ground.ts';
import { withFigures } from './show/markdown.ts';
import { page } from './show/page.ts';
import { createProgress } from './show/progress.ts';
import { renderPart } from './show/terminal.ts';

export interface BenchOptions {
  /** Of parts; all without any. */
  names: readonly string[];
  quick: boolean;
  /** Whether to leave out what was measured at this commit. */
  resume: boolean;
  /** The folder for bench.json and bench.html. */
  out: string;
}

/** A share of the cores; with more of them busy with other things, figures are worth less. */
const busy = 0.1;
const document = join(import.meta.dirname, '../../docs/performance.md');

async function measure(part: Part, commit: string, context: Context): Promise<PartResult> {
  const { progress, quick } = context;
  const { name, title } = part;
  const machine = await describeMachine();
  progress.say(`${title}${quick ? '' : `: about ${part.minutes} minutes`}`);
  if (machine.busyBefore > busy)
    progress.say(
      `${Math.round(machine.busyBefore * 100)} % of this machine are busy: the figures will suffer.`,
    );
  const began = performance.now();
  const found = await onGround(context, async (ground) => {
    const findings = await part.run(ground);
    return { ...findings, versions: ground.versions };
  }).finally(progress.end);
  const command = `npm run bench -- ${name}${quick ? ' --quick' : ''}`;
  const seconds = Math.round((performance.now() - began) / 1_000);
  return {
    name,
    title,
    generatedAt: new Date().toISOString(),
    commit,
    command,
    quick,
    machine,
    ...found,
    seconds,
  };
}

const read = async (file: string): Promise<PartResult[]> =>
  existsSync(file) ? benchSchema.parse(JSON.parse(await readFile(file, 'utf8'))).parts : [];

/** Puts a result in the place of the part's last one; parts keep the order in which they run. */
export const replaced = (known: readonly PartResult[], result: PartResult): PartResult[] =>
  parts.flatMap(({ name }) => (name === result.name ? [result] : known.filter((one) => one.name === name)));

/**
 * Runs parts one after the other, shows each as it is there, and writes it beside those that were there before.
 * @throws CannotStart for what the user can mend
 */
export async function bench({ names, quick, resume, out }: BenchOptions, settings: GeneratorSettings) {
  const file = join(out, 'bench.json');
  const commit = await describeCommit();
  let known = await read(file);
  const isThere = ({ name }: Part) => known.some((one) => one.name === name && one.commit === commit);
  const chosen = partsNamed(names).filter((part) => !(resume && isThere(part)));
  const context = { settings, quick, progress: createProgress(process.stderr) };
  await mkdir(out, { recursive: true });
  for (const part of chosen) {
    const result = await measure(part, commit, context);
    known = replaced(known, result);
    await writeFile(`${file}.new`, `${JSON.stringify(benchSchema.parse({ parts: known }), null, 1)}\n`);
    await rename(`${file}.new`, file); // a run that is cut leaves the old file or the new one
    await writeFile(join(out, 'bench.html'), await page(known));
    console.log(renderPart(result));
  }
  console.log(`\nAll figures: ${join(out, 'bench.html')}, ${file}`);
}

/** Puts the latest result of each part into docs/performance.md. @throws CannotStart for a quick one, or for none */
export async function writeDocument(out: string): Promise<void> {
  const known = await read(join(out, 'bench.json'));
  if (known.length === 0) throw new CannotStart(`${out} has no results: npm run bench`);
  if (known.some(({ quick }) => quick))
    throw new CannotStart('A quick run is no evidence: it stays out of the documents.');
  await writeFile(document, known.reduce(withFigures, await readFile(document, 'utf8')));
}
