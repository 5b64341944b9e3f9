// What the manifests promise, each with an attempt to break it.
import type { Bite, PolicyProbe, ProbeTools } from '../../../accept/platform.ts';
import type { Deployment, Topology } from '../../environment.ts';
import { imageOf } from '../images.ts';
import { type KubernetesEnvironment, TAG } from '../kubernetes-environment.ts';
import type { Space } from '../space.ts';
import { scaleByLoad } from './autoscaler.ts';
import { evictBoth } from './disruption-budget.ts';
import { knockFromElsewhere, knockFromInside } from './foreign-pod.ts';
import { leakInOne } from './memory-limit.ts';
import { askForPrivileges } from './privileged-pod.ts';
import { writeIntoImages } from './read-only-root.ts';

const both = ['monolith', 'microservices'] as const;

export function kubernetesPolicies(environment: KubernetesEnvironment): PolicyProbe[] {
  const image = imageOf('gateway', TAG);
  const onEach = (attempt: (space: Space) => Promise<Bite>) => async (): Promise<Bite> => {
    const bites: Bite[] = [];
    for (const topology of both) bites.push(await attempt(environment.space(topology)));
    return { bites: bites.every(({ bites }) => bites), saw: bites.flatMap(({ saw }) => saw) };
  };
  const underLoad =
    (attempt: (space: Space, deployment: Deployment, tools: ProbeTools) => Promise<Bite>) =>
    (tools: ProbeTools): Promise<Bite> =>
      attempt(environment.space('microservices'), environment.deployment('microservices'), tools);
  const probe = (service: 'users') => (source: string) =>
    environment.deployment('microservices').probe(service, source);
  const one: readonly Topology[] = ['microservices'];
  return [
    {
      name: 'a pod of another namespace reaches the entrance and nothing else',
      topologies: both,
      run: onEach((space) => knockFromElsewhere(space, image)),
    },
    {
      name: 'a service reaches no database and no admin port of another',
      topologies: one,
      run: () => knockFromInside(environment.space('microservices'), probe('users'), 'users'),
    },
    { name: 'nobody writes into an image', topologies: both, run: onEach(writeIntoImages) },
    {
      name: 'a privileged pod is refused',
      topologies: both,
      run: onEach((space) => askForPrivileges(space, image)),
    },
    {
      name: 'a drain waits for the disruption budget',
      topologies: one,
      needsLoad: true,
      run: underLoad(evictBoth),
    },
    {
      name: 'the autoscaler adds and removes replicas',
      topologies: one,
      needsLoad: true,
      run: underLoad(scaleByLoad),
    },
    {
      name: 'a memory limit ends one replica and no request of the others',
      topologies: one,
      needsLoad: true,
      run: underLoad(leakInOne),
    },
  ];
}
