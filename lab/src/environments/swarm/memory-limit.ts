import { z } from 'zod';
import type { PolicyProbe } from '../../accept/platform.ts';
import { askControl } from '../inside/control.ts';
import { insideOf, isRunning, listReplicas, type Running } from './replicas.ts';
import type { SwarmEnvironment } from './swarm-environment.ts';
import { within } from './waiting.ts';

const SERVICE = 'posts';
const TOPOLOGY = 'microservices';
/** Fills the limit in a few seconds. */
const bytesPerSecond = 100 * 2 ** 20;
const KILLED_WITHIN_MS = 30_000;
const ended = z.object({ State: z.object({ OOMKilled: z.boolean(), ExitCode: z.number() }) });

/** One of two replicas leaks until its limit, while both are asked for what can be asked twice. */
export const limitOfMemory = (environment: SwarmEnvironment): PolicyProbe => ({
  name: 'the memory limit ends one replica and no request',
  topologies: [TOPOLOGY],
  needsLoad: true,
  async run({ load }) {
    const deployment = environment.deployment(TOPOLOGY);
    const before = (await deployment.parts()).find(({ name }) => name === SERVICE)?.replicas.length ?? 1;
    await deployment.scale(SERVICE, 2);
    let end = '';
    const order = { rate: 40, seconds: 30, only: ['GET /api/posts'] };
    const { requests, failed } = await load(TOPOLOGY, order, async () => {
      end = await leakUntilEnded(await firstOf(environment));
      await deployment.restore(SERVICE);
    });
    await deployment.scale(SERVICE, before);
    const saw = [
      `one of two replicas of ${SERVICE} leaked: ${end}`,
      `${failed} of ${requests} reads failed meanwhile`,
    ];
    return { bites: /out of memory/.test(end) && failed === 0, saw };
  },
});

async function firstOf(environment: SwarmEnvironment): Promise<Running> {
  const { name } = environment.stack(TOPOLOGY);
  const replica = (await listReplicas(environment.swarm(), `${name}_${SERVICE}`)).find(isRunning);
  if (!replica) throw new Error(`no ${SERVICE} runs`);
  return replica;
}

async function leakUntilEnded(replica: Running): Promise<string> {
  const { node, container } = replica;
  await askControl(insideOf(replica), { method: 'POST', path: '/faults/leak', body: { bytesPerSecond } });
  let said = 'it did not end';
  const hasEnded = async (): Promise<boolean> => {
    const { State } = ended.parse(await node.engine.get(`/containers/${container.id}/json`));
    const isRunningStill = State.ExitCode === 0 && !State.OOMKilled;
    said = State.OOMKilled ? `out of memory, exit code ${State.ExitCode}` : `exit code ${State.ExitCode}`;
    return !isRunningStill;
  };
  return (await within(KILLED_WITHIN_MS, hasEnded)) ? said : 'it did not end';
}
