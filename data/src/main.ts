import { CannotLoad } from './cannot-load.ts';
import { readArguments } from './command.ts';
import { findEnvironment } from './environment.ts';
import { load } from './load.ts';
import { planFor } from './plan.ts';
import { createProgress, rowsOf } from './progress.ts';
import { targetsAt } from './target.ts';

const { posts, seed, replace, data, urls } = readArguments(process.argv.slice(2));

try {
  const named = targetsAt(urls);
  const targets = named.length > 0 ? named : targetsAt(await findEnvironment(data));
  const plan = planFor(posts, seed);
  const progress = createProgress(targets, plan);
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
