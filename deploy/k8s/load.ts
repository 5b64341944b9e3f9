// A load from several pods, and one report of it:  node deploy/k8s/load.ts --pods 4 --rate 2000 --seconds 60
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apply, kubectlIn } from '../../lab/src/environments/kubernetes/kubectl.ts';
import { readK6Csv } from '../../lab/src/generator/k6-csv.ts';
import { REQUEST_TIMEOUT_MS } from '../../lab/src/generator/k6-generator.ts';
import { mergeSamples } from '../../lab/src/generator/merge.ts';
import { paceKeeper } from '../../lab/src/generator/pace.ts';
import { writeSamples } from '../../lab/src/generator/samples.ts';
import { manifestsOf } from './load/manifests.ts';
import { type Options, readOptions, usage } from './load/options.ts';
import { collect, ended, inPod, waitingPods } from './load/pods.ts';
import { createCount, tableOf } from './load/report.ts';

/** For the order to reach every pod, and for what comes before the load. */
const startAfterSeconds = 15;
const endWithinMs = 180_000;

/** Runs the load. @returns how many iterations were dropped, and the pods' samples, a file each */
async function run(options: Options): Promise<{ dropped: number; files: string[] }> {
  const kubectl = kubectlIn(options.namespace);
  await remove(options);
  await apply(await manifestsOf(options, REQUEST_TIMEOUT_MS));
  const pods = await waitingPods(kubectl, options.pods);
  const start = Math.ceil(Date.now() / 1_000) + startAfterSeconds;
  await Promise.all(pods.map((pod) => inPod(kubectl, pod, 'order', `echo ${start} >/results/start`)));
  process.stdout.write(`${pods.length} pods: ${options.rate} requests a second for ${options.seconds} s\n`);
  await ended(kubectl, options.seconds * 1_000 + endWithinMs);
  const tally = { droppedIterations: 0 };
  const files: string[] = [];
  for (const [index, pod] of pods.entries()) {
    const raw = join(options.out, `pod-${index}.csv`);
    const samples = join(options.out, `pod-${index}.samples.gz`);
    await collect(options.namespace, pod, raw);
    await writeSamples(samples, readK6Csv(raw, REQUEST_TIMEOUT_MS, tally));
    await rm(raw);
    await inPod(kubectl, pod, 'samples', 'touch /results/collected');
    files.push(samples);
  }
  await kubectl(['wait', '--for=condition=complete', '--timeout=60s', 'job/load']);
  return { dropped: tally.droppedIterations, files };
}

/** Merges the pods' samples into one file and counts them. */
async function merge({ out, rate, seconds }: Options, files: string[]) {
  const count = createCount();
  const pace = paceKeeper({ rate, seconds });
  await writeSamples(join(out, 'samples.gz'), pace.watch(count.watch(mergeSamples(files))));
  for (const file of files) await rm(file);
  return { figures: count.result(), ...pace.result() };
}

const remove = ({ namespace }: Options): Promise<string> =>
  kubectlIn(namespace)([
    'delete',
    'job/load',
    'configmap/load-scripts',
    'networkpolicy/load',
    'serviceaccount/load',
    '--ignore-not-found',
    '--cascade=foreground',
  ]);

const options = readOptions(process.argv.slice(2));
if (options === undefined) {
  process.stderr.write(usage);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void remove(options).finally(() => process.exit(130)));
await mkdir(options.out, { recursive: true });
try {
  const { dropped, files } = await run(options);
  const merged = await merge(options, files);
  const report = { options, pods: files.length, droppedIterations: dropped, ...merged };
  await writeFile(join(options.out, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(`\n${tableOf(merged.figures)}\n\n`);
  const kept = merged.fellBehind || dropped > 0 ? 'was NOT kept: the figures say nothing' : 'was kept';
  process.stdout.write(
    `The rate ${kept} (worst second: ${Math.round(merged.lowestSecond * 100)} %, not sent: ${dropped}).\n`,
  );
  process.exitCode = merged.fellBehind || dropped > 0 ? 1 : 0;
} finally {
  await remove(options);
}
