import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { Kubectl } from '../../../lab/src/environments/kubernetes/kubectl.ts';

const state = z.object({
  running: z.object({}).optional(),
  waiting: z.object({ reason: z.string() }).optional(),
  terminated: z.object({ exitCode: z.number() }).optional(),
});
const statuses = z.array(z.object({ name: z.string(), state })).default([]);
const podSchema = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
  status: z.object({ phase: z.string(), initContainerStatuses: statuses, containerStatuses: statuses }),
});
type Pod = z.infer<typeof podSchema>;

const INDEX = 'batch.kubernetes.io/job-completion-index';
const startWithinMs = 180_000;
const pollMs = 500;
const imageTrouble = 'ImagePullBackOff';

/** The load's pods, by index. */
async function podsOf(kubectl: Kubectl): Promise<Pod[]> {
  const answer = await kubectl([
    'get',
    'pods',
    '--selector=batch.kubernetes.io/job-name=load',
    '--output=json',
  ]);
  const { items } = z.object({ items: z.array(podSchema) }).parse(JSON.parse(answer));
  const indexOf = ({ metadata }: Pod): number => Number(metadata.labels[INDEX]);
  return items.sort((a, b) => indexOf(a) - indexOf(b));
}

/** The names of the load's pods as soon as all of them wait for the order to begin. @throws Error when they do not */
export async function waitingPods(kubectl: Kubectl, count: number): Promise<string[]> {
  const deadline = Date.now() + startWithinMs;
  for (;;) {
    const pods = await podsOf(kubectl);
    const waiting = pods.filter(({ status }) => status.initContainerStatuses[0]?.state.running);
    if (waiting.length === count) return waiting.map(({ metadata }) => metadata.name);
    const reasons = pods.map(
      ({ status }) => status.initContainerStatuses[0]?.state.waiting?.reason ?? status.phase,
    );
    if (Date.now() > deadline || reasons.includes(imageTrouble))
      throw new Error(
        `only ${waiting.length} of ${count} pods are there: ${[...new Set(reasons)].join(', ')}`,
      );
    await wait(pollMs);
  }
}

/** Runs a line of shell in a pod, in the container that stays. */
export const inPod = (kubectl: Kubectl, pod: string, container: string, line: string): Promise<string> =>
  kubectl(['exec', pod, `--container=${container}`, '--', 'sh', '-c', line]);

/** Resolves when all pods' k6 have ended. @throws Error with the last lines of one that failed */
export async function ended(kubectl: Kubectl, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const pods = await podsOf(kubectl);
    const k6 = pods.map(({ metadata, status }) => {
      const state = status.containerStatuses.find(({ name }) => name === 'k6')?.state;
      return { pod: metadata.name, code: state?.terminated?.exitCode, waiting: state?.waiting?.reason };
    });
    const failed = k6.find(({ code }) => code !== undefined && code !== 0);
    if (failed) {
      const lines = await kubectl(['logs', failed.pod, '--container=k6', '--tail=5']);
      throw new Error(`k6 in ${failed.pod} ended with ${failed.code}: ${lines}`);
    }
    if (k6.every(({ code }) => code === 0)) return;
    const without = k6.find(({ waiting }) => waiting?.startsWith('ErrImage') || waiting === imageTrouble);
    if (without) throw new Error(`${without.pod} cannot get the image of k6: ${without.waiting}`);
    if (Date.now() > deadline) throw new Error('the load does not come to an end');
    await wait(pollMs * 4);
  }
}

/** Brings a pod's samples here, as k6 wrote them. */
export async function collect(namespace: string, pod: string, file: string): Promise<void> {
  const command = ['cat', '/results/samples.csv.gz'];
  const args = ['--namespace', namespace, 'exec', pod, '--container=samples', '--', ...command];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  await pipeline(child.stdout, createGunzip(), createWriteStream(file));
  const [code]: unknown[] = await closed;
  if (code !== 0) throw new Error(`the samples of ${pod} could not be read`);
}
