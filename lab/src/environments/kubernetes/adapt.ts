// What the lab changes in the manifests that users get, and nothing besides.
import { partsOf } from '../compose/deployment.ts';
import type { PartName, ServiceName, Topology } from '../environment.ts';
import { type Layout, layouts, type ServiceSpec } from '../layout.ts';
import { budgetOf, withBudget } from './budgets.ts';
import { manager, managerLabel, nameLabel } from './labels.ts';
import {
  asWorkload,
  type ContainerSpec,
  type KubernetesObject,
  type WorkloadObject,
  withMain,
  withPods,
  withVariables,
} from './objects.ts';

export interface Adaptation {
  topology: Topology;
  /** Of the images of components. */
  tag: string;
  logLevel: string;
  /** Opens the control port of each component. */
  tokens: Readonly<Record<ServiceName, string>>;
  /** Where databases run; anywhere without it. */
  databaseNode: string | undefined;
}

export const CONTROL_PORT = '9091';

/** Equal budgets, the number of replicas of the layout, control ports with faults, and where databases run. */
export function adapt(objects: readonly KubernetesObject[], as: Adaptation): KubernetesObject[] {
  const layout = layouts[as.topology];
  const parts = partsOf(as.topology);
  return objects.map((object) => {
    if (object.kind === 'Namespace') return withLabel(object);
    const workload = asWorkload(object);
    const part = parts.find((name) => name === workload?.metadata.labels?.[nameLabel]);
    if (!workload) return object;
    return adaptWorkload(withTag(workload, as.tag), part, layout, as);
  });
}

function adaptWorkload(
  workload: WorkloadObject,
  part: PartName | undefined,
  layout: Layout,
  as: Adaptation,
): WorkloadObject {
  if (!part) return workload; // a migration
  const limited = withMain(workload, (container) => withBudget(container, budgetOf(as.topology, part)));
  const service = layout.services.find(({ name }) => name === part);
  if (!service) return pinned(limited, as.databaseNode);
  const observed = withMain(limited, (container) => withVariables(container, variablesOf(service, as)));
  return { ...observed, spec: { ...observed.spec, replicas: service.replicas } };
}

const variablesOf = ({ name, store }: ServiceSpec, { logLevel, tokens }: Adaptation) => ({
  LOG_LEVEL: logLevel,
  FAULTS: 'on',
  CONTROL_PORT,
  CONTROL_TOKEN: tokens[name],
  ...(store && { DATABASE_POOL: String(store.pool) }),
});

/** Databases lose their volumes with their node: they stay on one that is not taken away. */
const pinned = (workload: WorkloadObject, node: string | undefined): WorkloadObject =>
  withPods(workload, (pods) => ({
    ...pods,
    nodeSelector: node === undefined ? {} : { 'kubernetes.io/hostname': node },
  }));

const withTag = (workload: WorkloadObject, tag: string): WorkloadObject =>
  withPods(workload, (pods) => ({
    ...pods,
    containers: pods.containers.map((each) => tagged(each, tag)),
    ...(pods.initContainers && { initContainers: pods.initContainers.map((each) => tagged(each, tag)) }),
  }));

const tagged = (container: ContainerSpec, tag: string): ContainerSpec => {
  const component = /^cleave\/([a-z]+)(:|$)/.exec(container.image)?.[1];
  return component ? { ...container, image: `cleave/${component}:${tag}` } : container;
};

const withLabel = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata.labels, [managerLabel]: manager } },
});
