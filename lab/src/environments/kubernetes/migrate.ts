import { randomBytes } from 'node:crypto';
import type { ServiceName } from '../environment.ts';
import { readWorkload, withMain } from './objects.ts';
import type { Space } from './space.ts';

const DONE_WITHIN = '180s';

/**
 * Runs a component's migrations once from this image: its Job again, under another name.
 * @throws Error with what it wrote when it fails
 */
export async function migrate(
  space: Space,
  service: Exclude<ServiceName, 'gateway'>,
  image: string,
): Promise<void> {
  const job = withMain(readWorkload(space.object('Job', `${service}-migrate`)), (container) => ({
    ...container,
    image,
  }));
  const name = `${job.metadata.name}-${randomBytes(3).toString('hex')}`;
  const again = { ...job, metadata: { ...job.metadata, name }, spec: { ...job.spec, backoffLimit: 0 } };
  const { kubectl } = space;
  await kubectl(['create', '--filename', '-'], { input: JSON.stringify(again) });
  try {
    await Promise.race([
      kubectl(['wait', '--for=condition=Complete', `job/${name}`, `--timeout=${DONE_WITHIN}`]),
      failed(space, name),
    ]);
  } finally {
    await kubectl(['delete', 'job', name, '--wait=false']);
  }
}

/** Rejects when the Job has failed; ends, without a word, when it does not. */
async function failed({ kubectl }: Space, name: string): Promise<never> {
  const hasFailed = kubectl(['wait', '--for=condition=Failed', `job/${name}`, `--timeout=${DONE_WITHIN}`]);
  await hasFailed.catch(() => new Promise(() => undefined)); // it completed, or is seen to be late by the other
  throw new Error(`${name} failed: ${await kubectl(['logs', `job/${name}`, '--tail=10'])}`);
}
