import type { ServiceName } from '../environment.ts';
import { isRolledOut } from './rollout.ts';
import type { Space } from './space.ts';
import { settleTraffic } from './traffic.ts';

const SCALED_WITHIN_SECONDS = 180;

/** Resolves when so many replicas are ready and requests go to all of them. */
export async function scale(space: Space, service: ServiceName, wanted: number): Promise<void> {
  if (!Number.isInteger(wanted) || wanted < 1) throw new Error(`${wanted} is no number of replicas`);
  const workload = `deployment/${service}`;
  const { length: before } = await space.podsOf(service);
  await space.kubectl(['scale', workload, `--replicas=${wanted}`]);
  if (!(await isRolledOut(space, service, SCALED_WITHIN_SECONDS))) {
    await space.kubectl(['scale', workload, `--replicas=${before}`]);
    throw new Error(`${service} of ${space.namespace} has no ${wanted} ready replicas`);
  }
  await settleTraffic(space, service);
}
