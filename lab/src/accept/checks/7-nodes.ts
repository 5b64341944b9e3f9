import type { Deployment, ServiceName, Topology } from '../../environments/environment.ts';
import { replicasOf } from '../../faults/replicas.ts';
import type { Check, CheckContext, CheckResult } from '../check.ts';
import { drainNode } from '../nodes/drain.ts';
import { type Lost, loseNode, networkLoss, powerLoss } from '../nodes/loss.ts';
import { readSpread, spreadServices, untilSpread } from '../nodes/spread.ts';
import type { Nodes } from '../platform.ts';

const topologies = ['microservices', 'monolith-replicated'] as const;

/** Replicas are spread over nodes, and a node that is drained or lost costs no more than it must. */
export const nodes: Check = {
  name: 'nodes',
  title: 'nodes are drained and lost under load',
  platforms: ['swarm', 'kubernetes'],
  topologies,
  async run(context): Promise<CheckResult> {
    const { nodes } = context.platform;
    if (!nodes) return { ok: false, saw: [`${context.platform.name} tells of no nodes.`] };
    const [first, second, third] = await nodes.names();
    if (first === undefined || second === undefined || third === undefined) {
      return { ok: false, saw: ['This check needs three nodes.'] };
    }
    const unscale = await scaleOut(context, 3);
    try {
      const said = [`The databases are on ${first}, which stays up.`];
      const results = [
        await spreadOut(context, nodes),
        await drainNode(context, nodes, { node: third, topologies }),
        await balanced(context, nodes),
        await loseNode(context, nodes, { node: second, topologies, loss: powerLoss }),
        await balanced(context, nodes),
      ];
      if (context.form === 'full') {
        results.push(
          await loseNode(context, nodes, { node: third, topologies, loss: networkLoss }),
          await balanced(context, nodes),
        );
      }
      return summed(results, said);
    } finally {
      await unscale();
    }
  },
};

const summed = (results: readonly Lost[], said: readonly string[]): CheckResult => ({
  ok: results.every(({ ok }) => ok),
  saw: [...said, ...results.flatMap(({ saw }) => saw)],
  requests: results.reduce((sum, { requests }) => sum + requests, 0),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
});

async function spread({ signal }: CheckContext, nodes: Nodes): Promise<Lost> {
  const seen = await Promise.all(topologies.map((topology) => untilSpread(nodes, topology, signal)));
  const ok = seen.every(({ isEven }) => isEven);
  return { ok, saw: seen.map(({ text }) => `replicas by node: ${text}`), requests: 0, failed: 0 };
}

/** As the platform has spread them by itself, or again where what ran before stands in its way. */
async function spreadOut(context: CheckContext, nodes: Nodes): Promise<Lost> {
  const spreads = await Promise.all(topologies.map((topology) => readSpread(nodes, topology)));
  return spreads.every(({ isEven }) => isEven) ? spread(context, nodes) : balanced(context, nodes);
}

/** Spreads the replicas again by the platform's one command. */
async function balanced(context: CheckContext, nodes: Nodes): Promise<Lost> {
  const commands = await Promise.all(topologies.map((topology) => nodes.rebalance(topology)));
  const result = await spread(context, nodes);
  return { ...result, saw: [`balanced again by ${commands.join(' and ')}`, ...result.saw] };
}

/** Gives every service a replica for each node. @returns what undoes it */
async function scaleOut({ platform, say }: CheckContext, replicas: number): Promise<() => Promise<void>> {
  const before: { deployment: Deployment; service: ServiceName; replicas: number }[] = [];
  const each = topologies.flatMap((topology: Topology) =>
    spreadServices(topology).map((service) => ({
      deployment: platform.environment.deployment(topology),
      service,
    })),
  );
  for (const { deployment, service } of each) {
    const { length } = await replicasOf(deployment, service);
    if (length === replicas) continue;
    say(`${service} gets ${replicas} replicas`);
    await deployment.scale(service, replicas);
    before.push({ deployment, service, replicas: length });
  }
  return async () => {
    for (const { deployment, service, replicas } of before) await deployment.scale(service, replicas);
  };
}
