import { randomBytes } from 'node:crypto';
import type { ServiceName, Topology } from '../environment.ts';
import { layouts } from '../layout.ts';
import type { Override } from './stack.ts';

export const CONTROL_PORT = '9091';

/**
 * What the lab needs of a stack to be otherwise than users have it: the replicas that give all topologies the same
 * budget, faults that can be ordered at the control port, and a verdict on an update that does not take long.
 */
export const labOverride = (topology: Topology, logLevel: string): Override =>
  Object.fromEntries(
    layouts[topology].services.map(({ name, replicas }) => [
      name,
      {
        environment: {
          LOG_LEVEL: logLevel,
          FAULTS: 'on',
          CONTROL_PORT,
          CONTROL_TOKEN: randomBytes(24).toString('hex'), // none knows another's
        },
        deploy: { ...countOf(name, replicas, topology), update_config: { monitor: '2s' } },
      },
    ]),
  );

/** The gateway has one on each node already; the monolith owns the port that it is reached at, on the first node. */
function countOf(name: ServiceName, replicas: number, topology: Topology): object {
  if (name === 'gateway') return {};
  const isEntrance = layouts[topology].entrance === name;
  return {
    replicas,
    ...(isEntrance && { placement: { constraints: ['node.labels.cleave.databases == true'] } }),
  };
}
