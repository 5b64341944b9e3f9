// The namespace in which one topology runs.
import type { PartName, Topology } from '../environment.ts';
import type { Api } from './api.ts';
import { type Kubectl, kubectlIn } from './kubectl.ts';
import type { KubernetesObject } from './objects.ts';
import { listPods, type Pod } from './pods.ts';

export interface Space {
  readonly topology: Topology;
  readonly namespace: string;
  readonly api: Api;
  /** All that was applied, as it was applied. */
  readonly objects: readonly KubernetesObject[];
  readonly kubectl: Kubectl;
  /** The pods of a part that are not about to end, the oldest first. */
  podsOf(part: PartName): Promise<Pod[]>;
  /** The oldest of them. @throws Error when there is none */
  firstPod(part: PartName): Promise<Pod>;
  /** As it was applied. @throws Error when there is none */
  object(kind: string, name: string): KubernetesObject;
}

export function createSpace(
  topology: Topology,
  namespace: string,
  api: Api,
  objects: readonly KubernetesObject[],
): Space {
  const podsOf = async (part: PartName): Promise<Pod[]> =>
    (await listPods(api, namespace)).filter((pod) => pod.part === part && !pod.isEnding);
  return {
    topology,
    namespace,
    api,
    objects,
    kubectl: kubectlIn(namespace),
    podsOf,
    async firstPod(part) {
      const [pod] = await podsOf(part);
      if (!pod) throw new Error(`${namespace} has no ${part}`);
      return pod;
    },
    object(kind, name) {
      const found = objects.find((each) => each.kind === kind && each.metadata.name === name);
      if (!found) throw new Error(`${namespace} has no ${kind} ${name}`);
      return found;
    },
  };
}
