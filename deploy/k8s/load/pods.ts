import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { Kubectl } from '../../../lab/src/environments/kubernetes/kubectl.ts';

const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
      status: z.object({ phase: z.string() }),
    }),
  ),
});
const startWithinSeconds = 180;
const pollMs = 500;

/** The names of the load's pods, by index, as soon as all of them run. @throws Error when one does not */
export async function runningPods(kubectl: Kubectl, count: number): Promise<string[]> {
  const deadline = Date.now() + startWithinSeconds * 1_000;
  for (;;) {
    const answer = await kubectl([
      'get',
      'pods',
      '--selector=batch.kubernetes.io/job-name=load',
      '--output=json',
    ]);
    const { items } = podsSchema.parse(JSON.parse(answer));
    const running = items.filter(({ status }) => status.phase === 'Running');
    const indexOf = (labels: Record<string, string>) =>
      Number(labels['batch.kubernetes.io/job-completion-index']);
    if (running.length === count)
      return running
        .sort((a, b) => indexOf(a.metadata.labels) - indexOf(b.metadata.labels))
        .map(({ metadata }) => metadata.name);
    const failed = items.find(({ status }) => status.phase === 'Failed');
    if (failed)
      throw new Error(`${failed.metadata.name} failed: ${await kubectl(['logs', failed.metadata.name])}`);
    if (Date.now() > deadline)
      throw new Error(`only ${running.length} of ${count} pods run after ${startWithinSeconds} s`);
    await wait(pollMs);
  }
}

/** Runs a line of shell in a pod. @returns what it wrote */
export const inPod = (kubectl: Kubectl, pod: string, line: string): Promise<string> =>
  kubectl(['exec', pod, '--', 'sh', '-c', line]);

/** Resolves with k6's exit code when the pod's share is done. */
export async function codeOf(kubectl: Kubectl, pod: string, withinMs: number): Promise<number> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const code = await inPod(kubectl, pod, 'cat /results/code 2>/dev/null || true');
    if (code !== '') return Number(code);
    if (Date.now() > deadline) throw new Error(`${pod} does not come to an end`);
    await wait(pollMs * 4);
  }
}

/** Brings a pod's samples here, as k6 wrote them. */
export async function collect(namespace: string, pod: string, file: string): Promise<void> {
  const args = ['--namespace', namespace, 'exec', pod, '--', 'cat', '/results/samples.csv.gz'];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  await pipeline(child.stdout, createGunzip(), createWriteStream(file));
  const [code]: unknown[] = await ended;
  if (code !== 0) throw new Error(`the samples of ${pod} could not be read`);
}
