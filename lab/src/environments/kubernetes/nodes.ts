// What the acceptance checks ask of the nodes of a cluster.
import type { Nodes } from '../../accept/platform.ts';
import type { ServiceName, Topology } from '../environment.ts';
import { layouts } from '../layout.ts';
import type { Api } from './api.ts';
import { listNodes, type NodeSwitch } from './cluster-nodes.ts';
import { nodePortUrl } from './entrance.ts';
import { apply, kubectl } from './kubectl.ts';
import { nameLabel } from './labels.ts';
import { listPods } from './pods.ts';
import { scale } from './scale.ts';
import { READY_WITHIN_MS, settled } from './settled.ts';
import type { Space } from './space.ts';
import { within } from './within.ts';

const DRAINED_WITHIN_MS = 300_000;
const NOTICED_WITHIN_MS = 120_000;
/** On pods of an entrance that are not on some node. */
const besideLabel = 'cleave/beside';

export interface NodesOf {
  api: () => Promise<Api>;
  /** The first one holds the databases. */
  names: readonly string[];
  space: (topology: Topology) => Space;
  spaces: () => Space[];
  power: NodeSwitch;
}

export function createNodes({ api, names, space, spaces, power }: NodesOf): Nodes {
  const isReady = async (node: string): Promise<boolean> =>
    (await listNodes(await api())).some(({ name, isReady }) => name === node && isReady);
  const becomes = async (node: string, what: string, ask: () => Promise<boolean>): Promise<void> => {
    if (await within(NOTICED_WITHIN_MS, ask)) return;
    throw new Error(`${node} is not ${what} after ${NOTICED_WITHIN_MS / 1_000} s`);
  };
  const counted = (node: string): Promise<void> => becomes(node, 'Ready', () => isReady(node));
  return {
    names: async () => names,
    placement: (topology, service) => placement(space(topology), service),
    entranceBeside: (topology, node) => entranceBeside(space(topology), node),
    async drain(node) {
      const options = [
        '--ignore-daemonsets',
        '--delete-emptydir-data',
        `--timeout=${DRAINED_WITHIN_MS / 1_000}s`,
      ];
      await kubectl(['drain', node, ...options]);
      await Promise.all(spaces().map((each) => gone(each, node)));
    },
    async undrain(node) {
      await kubectl(['uncordon', node]);
    },
    stop: (node) => power('stop', node),
    async start(node) {
      await power('start', node);
      await counted(node);
    },
    cut: (node) => power('cut', node),
    async heal(node) {
      await power('heal', node);
      await counted(node);
    },
    noticed: (node) => becomes(node, 'given up', async () => !(await isReady(node))),
    rebalance: (topology) => rebalance(space(topology)),
  };
}

async function placement(space: Space, service: ServiceName): Promise<{ instance: string; node: string }[]> {
  const pods = await space.podsOf(service);
  return pods.flatMap(({ name, node, isReady }) => (isReady && node ? [{ instance: name, node }] : []));
}

/**
 * A Service of its own for the pods of the entrance on other nodes: the usual one goes on sending to those of a node
 * that was lost until that is noticed.
 */
async function entranceBeside(space: Space, node: string): Promise<string> {
  const { entrance } = layouts[space.topology];
  const beside = async () => (await space.podsOf(entrance)).filter((pod) => pod.isReady && pod.node !== node);
  // replicas are spread: one more is on another node
  if ((await beside()).length === 0) await scale(space, entrance, (await space.podsOf(entrance)).length + 1);
  const pods = await beside();
  if (pods.length === 0) throw new Error(`every ${entrance} of ${space.namespace} is on ${node}`);
  const name = `${entrance}-beside-${node}`;
  await space.kubectl([
    'label',
    '--overwrite',
    'pod',
    ...pods.map((pod) => pod.name),
    `${besideLabel}=${node}`,
  ]);
  const selector = { [nameLabel]: entrance, [besideLabel]: node };
  const spec = { type: 'NodePort', selector, ports: [{ name: 'http', port: 8080, targetPort: 'http' }] };
  await apply([{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: space.namespace }, spec }]);
  return nodePortUrl(space.api, space.namespace, name);
}

/** Resolves when nothing of ours runs on a node and all of it is ready elsewhere. */
async function gone(space: Space, node: string): Promise<void> {
  const { api, namespace } = space;
  await settled(space, undefined, DRAINED_WITHIN_MS);
  const isEmpty = async (): Promise<boolean> =>
    !(await listPods(api, namespace)).some((pod) => pod.node === node);
  if (await within(READY_WITHIN_MS, isEmpty)) return;
  throw new Error(`pods of ${namespace} are still on ${node}`);
}

/** Replaces every pod of every Deployment, one after the other: new ones are spread over the nodes that there are. */
async function rebalance(space: Space): Promise<string> {
  const words = ['rollout', 'restart', 'deployment'];
  await space.kubectl(words);
  await settled(space, undefined, DRAINED_WITHIN_MS);
  return `kubectl --namespace ${space.namespace} ${words.join(' ')}`;
}
