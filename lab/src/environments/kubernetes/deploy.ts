import { randomBytes } from 'node:crypto';
import type { Rollout, ServiceName, Version } from '../environment.ts';
import { type ContainerSpec, readWorkload, type WorkloadObject, withMain, withVariables } from './objects.ts';
import { isRolledOut, undo } from './rollout.ts';
import type { Space } from './space.ts';
import { settleTraffic } from './traffic.ts';

/** By which a rollout differs from the one before, even if nothing else does. */
const rolloutAnnotation = 'cleave/rollout';

/**
 * Puts a version in place as its Deployment rolls out: one replica more, then one of the old ones less. Kubernetes only
 * stalls when a replica is not ready within `readyWithinMs`; the way back is ours.
 */
export async function deploy(
  space: Space,
  service: ServiceName,
  version: Version,
  readyWithinMs: number,
): Promise<Rollout> {
  const began = performance.now();
  const applied = readWorkload(space.object('Deployment', service));
  const minReady = applied.spec.minReadySeconds ?? 0;
  const deadline = Math.max(Math.ceil(readyWithinMs / 1_000), minReady + 1); // as the API demands
  const replicas = await space.podsOf(service);
  const next = versionOf(applied, version, deadline);
  await space.kubectl(['patch', `deployment/${service}`, '--type=json', '--patch', JSON.stringify(next)]);
  const most = replicas.length * (deadline + minReady) + deadline;
  const isDeployed = await isRolledOut(space, service, most);
  if (!isDeployed) await undo(space, service);
  await settleTraffic(space, service);
  const outcome = isDeployed ? 'deployed' : 'rolled back';
  return { outcome, seconds: (performance.now() - began) / 1_000 };
}

/** The version that was applied with another's image and variables: nothing of the version that runs stays. */
function versionOf(applied: WorkloadObject, { env, image }: Version, deadline: number): object[] {
  const asked = (container: ContainerSpec): ContainerSpec => ({
    ...withVariables(container, env),
    ...(image !== undefined && { image }),
  });
  const { template } = withMain(applied, asked).spec;
  const annotations = { [rolloutAnnotation]: randomBytes(4).toString('hex') };
  return [
    { op: 'add', path: '/spec/progressDeadlineSeconds', value: deadline },
    {
      op: 'replace',
      path: '/spec/template',
      value: { ...template, metadata: { ...template.metadata, annotations } },
    },
  ];
}
