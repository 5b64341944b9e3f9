import { CannotLoad } from './cannot-load.ts';
import { readArguments } from './command.ts';
import { findEnvironment } from './environment.ts';
import { load } from './load.ts';
import { planFor } from './plan.ts';
import { createProgress, rowsOf } from './progress.ts';
import { type Target, targetsAt } from './target.ts';

const { posts, seed, replace, data, urls } = readArguments(process.argv.slice(2));

try {
  const named = targetsAt(urls);
  const targets = named.length > 0 ? named : await targetsOfEnvironment(data);
  const plan = planFor(posts, seed);
  const progress = createProgress(targets, plan, process.stderr);
  const began = performance.now();
  try {
    await load(targets, plan, { replace, onRows: progress.add });
  } finally {
    progress.stop();
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  for (const target of targets) console.log(`${target.name}: ${rowsOf(target, plan)} rows`);
  console.log(`Loaded in ${seconds} s from seed ${seed}.`);
} catch (error) {
  if (!(error instanceof CannotLoad)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

async function targetsOfEnvironment(wanted?: string): Promise<Target[]> {
  const { folder, urls } = await findEnvironment(wanted);
  console.log(`Loading into the environment that keeps its data in ${folder}.`);
  return targetsAt(urls);
}
