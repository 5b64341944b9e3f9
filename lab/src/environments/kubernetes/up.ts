// One topology brought up in a namespace of its own.
import { fileURLToPath } from 'node:url';
import { CannotStart } from '../cannot-start.ts';
import { read } from '../compose/command.ts';
import { layouts } from '../layout.ts';
import { type Adaptation, adapt } from './adapt.ts';
import type { Api } from './api.ts';
import { nodePortUrl } from './entrance.ts';
import { apply } from './kubectl.ts';
import type { KubernetesObject } from './objects.ts';
import { processesOf } from './processes.ts';
import { build, withKustomization } from './render.ts';
import { settled, UP_WITHIN_MS } from './settled.ts';
import { createSpace, type Space } from './space.ts';
import { describeTrouble } from './trouble.ts';

export interface Started {
  space: Space;
  baseUrl: string;
}

/** Makes the credentials of an overlay's databases, for users as for us. */
const credentials = fileURLToPath(new URL('../../../../deploy/k8s/credentials.ts', import.meta.url));

/**
 * Applies a topology and waits until all of it is ready.
 * @throws CannotStart with the pods' states and the last events and lines of their logs
 */
export async function bringUp(
  api: Api,
  namespace: string,
  as: Adaptation,
  signal: AbortSignal,
  onReady: (part: string) => void,
): Promise<Started> {
  try {
    const objects = await applyTopology(namespace, as, signal);
    await settled({ api, namespace }, undefined, UP_WITHIN_MS, { onSettled: onReady, signal });
    const space = createSpace(as.topology, namespace, api, objects);
    await requireProcesses(space);
    return { space, baseUrl: await nodePortUrl(api, namespace, layouts[as.topology].entrance) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CannotStart) throw error;
    const seen = await describeTrouble(namespace);
    throw new CannotStart(`${namespace} did not start: ${String(error)}\n${seen}`, { cause: error });
  }
}

const applyTopology = (namespace: string, as: Adaptation, signal: AbortSignal): Promise<KubernetesObject[]> =>
  withKustomization({ topology: as.topology, namespace }, async (folder) => {
    const objects = adapt(await build(folder), as);
    await apply(
      objects.filter(({ kind }) => kind === 'Namespace'),
      { signal },
    );
    await read('node', [credentials, folder], { signal });
    await apply(objects, { signal });
    return objects;
  });

/** Faults are signals, and usage is read from control groups: both need the nodes to be parts of this machine. */
async function requireProcesses(space: Space): Promise<void> {
  const { container, name } = await space.firstPod(layouts[space.topology].entrance);
  if (container && (await processesOf([container.id])).size > 0) return;
  throw new CannotStart(
    `${name} runs on another machine. The lab needs a cluster whose nodes are containers of this one, as minikube's docker driver and kind make them.`,
  );
}
