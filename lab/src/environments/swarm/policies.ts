// What the stacks promise, each with an attempt to break it.
import type { PolicyProbe } from '../../accept/platform.ts';
import { limitOfMemory } from './memory-limit.ts';
import { readConfinement, readSecrets } from './policies.inside.ts';
import { knockEverywhere, lookForAWayOut } from './policies.network.ts';
import type { SwarmEnvironment } from './swarm-environment.ts';

export const swarmPolicies = (environment: SwarmEnvironment): PolicyProbe[] => [
  {
    name: 'a component reaches no database but its own, and a container from elsewhere none and no admin port',
    topologies: ['microservices'],
    run: () => knockEverywhere(environment),
  },
  {
    name: 'a service and a database have no way out',
    topologies: ['microservices'],
    run: () => lookForAWayOut(environment),
  },
  {
    name: 'a component is given its own credentials and no other',
    topologies: ['monolith', 'microservices'],
    run: () => readSecrets(environment),
  },
  {
    name: 'a component writes nothing to its root file system and has no capability',
    topologies: ['monolith', 'microservices'],
    run: () => readConfinement(environment),
  },
  limitOfMemory(environment),
];
