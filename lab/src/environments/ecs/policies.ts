// What tasks are kept from, each tried: root file system, user, memory.
import { z } from 'zod';
import type { PolicyProbe } from '../../accept/platform.ts';
import { memoryLimitProbe } from '../../accept/policies/memory-limit.ts';
import type { EcsEnvironment } from './ecs-environment.ts';

const topologies = ['microservices', 'monolith'] as const;
/** A load balancer asks no other task: what it sends to one that has ended fails until ECS has taken that out. */
const TAKEN_OUT_WITHIN_SECONDS = 20;
const tried = z.object({ written: z.array(z.string()), user: z.number() });

export const ecsPolicies = (environment: EcsEnvironment): readonly PolicyProbe[] => [
  {
    name: 'a task writes nothing to its root file system and is not root',
    topologies,
    async run() {
      const answers = await Promise.all(
        topologies.flatMap((topology) => {
          const deployment = environment.deployment(topology);
          return [...environment.site(topology).wanted.keys()].map(async (service) => ({
            who: `${topology}/${service}`,
            answer: tried.parse(await deployment.probe(service, write)),
          }));
        }),
      );
      const broken = answers.filter(({ answer }) => answer.written.length > 0 || answer.user === 0);
      const saw = answers.map(
        ({ who, answer }) => `${who}: user ${answer.user}, wrote ${answer.written.length} files`,
      );
      return { bites: answers.length > 0 && broken.length === 0, saw };
    },
  },
  memoryLimitProbe(environment, { failingSeconds: TAKEN_OUT_WITHIN_SECONDS }),
];

const write = `
  import { writeFileSync } from 'node:fs';
  import { getuid, stdout } from 'node:process';
  const written = ['/tmp/x', '/app/x', '/etc/x', './x'].filter((path) => {
    try { writeFileSync(path, 'x'); return true; } catch { return false; }
  });
  stdout.write(JSON.stringify({ written, user: getuid() }));
`;
