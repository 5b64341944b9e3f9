import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type ComponentName, componentNames } from '../components/components.ts';
import { findService } from '../components/tasks.ts';
import type { Site } from '../site.ts';
import type { Stack } from '../stacks/stack.ts';
import { probe } from '../traffic/probe.ts';
import { routesOf, sidesOf, type Targets, type Weights } from '../traffic/routing.ts';
import { findRunning } from '../traffic/running.ts';

export interface ComponentStatus {
  component: ComponentName;
  image: string;
  dataOf: string;
  running: number;
  desired: number;
  /** How many targets are in which state, as the load balancer sees them. */
  targets: Record<string, number>;
  /** Who answered requests that were led to it. */
  replicas: string[];
}

export interface Status {
  url: string | undefined;
  stacks: Record<string, string>;
  components: ComponentStatus[];
  /** Of a hundred requests to each path those to its service; undefined where only one side is up. */
  weights: Weights | undefined;
}

/** What there is, and who answers. */
export async function status(site: Site): Promise<Status> {
  const { stacks } = await findRunning(site);
  const url = stacks.get('edge')?.outputs.Url;
  const components: ComponentStatus[] = [];
  for (const component of componentNames) {
    const stack = stacks.get(`service-${component}`);
    if (stack) components.push(await statusOf(site, component, stack, url));
  }
  const routing = stacks.get('routing');
  const routes = routing && routesOf(routing);
  return {
    url,
    stacks: Object.fromEntries([...stacks.values()].map((stack) => [stack.part, stack.status])),
    components,
    weights: routes && bothSides(routes.targets) ? routes.weights : undefined,
  };
}

const bothSides = (targets: Targets): boolean => Object.values(sidesOf(targets)).every(Boolean);

const PROBES = 10;

async function statusOf(
  site: Site,
  component: ComponentName,
  { parameters, outputs }: Stack,
  url: string | undefined,
): Promise<ComponentStatus> {
  const service = await findService(site, component);
  const seen = url === undefined ? undefined : await probe(`${url}/livez`, PROBES * 2, 0.5, component);
  return {
    component,
    image: parameters.ImageTag ?? '',
    dataOf: parameters.DataOf ?? '',
    running: service?.runningCount ?? 0,
    desired: service?.desiredCount ?? 0,
    targets: outputs.Targets === undefined ? {} : await healthOf(site, outputs.Targets),
    replicas: [...(seen?.replicas.keys() ?? [])].sort(),
  };
}

async function healthOf(site: Site, TargetGroupArn: string): Promise<Record<string, number>> {
  const { TargetHealthDescriptions = [] } = await site.clients.balancers.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  const counts: Record<string, number> = {};
  for (const { TargetHealth } of TargetHealthDescriptions) {
    const state = TargetHealth?.State ?? 'unknown';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}
