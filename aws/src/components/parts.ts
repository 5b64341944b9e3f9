import type { Site } from '../site.ts';
import type { WantedStack } from '../stacks/deploy-stack.ts';
import { type ComponentName, previewPriority, type Size } from './components.ts';

/** One component, as it is to run. */
export interface Wanted {
  component: ComponentName;
  /** Whose database it works on: its own, or the monolith's while traffic moves. */
  dataOf: ComponentName;
  imageTag: string;
}

/** The stack of a database server. @param shared whether the services are let in beside the monolith */
export const dataStack = (dataOf: ComponentName, shared: boolean): WantedStack => ({
  part: `data-${dataOf}`,
  template: 'data',
  parameters: {
    Component: dataOf,
    SharedWithServices: String(shared),
  },
});

export const migrationStack = (site: Site, { component, dataOf, imageTag }: Wanted): WantedStack => ({
  part: `migration-${component}`,
  template: 'migration',
  parameters: { Component: component, DataOf: dataOf, ImageTag: imageTag, ...tls(site) },
});

interface Change {
  /** Without it tasks stay as large as they are. */
  size?: Size | undefined;
  /** Of the image that runs now, to go back to. */
  previousTag?: string;
}

/** @param tasks how many run or are to run */
export function serviceStack(
  site: Site,
  { component, dataOf, imageTag }: Wanted,
  tasks: number,
  { size, previousTag }: Change,
): WantedStack {
  return {
    part: `service-${component}`,
    template: 'service',
    parameters: {
      Component: component,
      DataOf: dataOf,
      ImageTag: imageTag,
      ...(size && { Cpu: String(size.cpu), Memory: String(size.memoryMiB), Pool: String(size.pool) }),
      DesiredCount: String(tasks),
      PreviewPriority: String(previewPriority[component]),
      Peers: site.peers,
      ...tls(site),
    },
    ...(previousTag !== undefined && { tags: { [previousImage]: previousTag } }),
  };
}

/** The tag of a service's stack that says which image ran before. */
export const previousImage = 'cleave:previous-image';

/** @param limits what scaling keeps to; without them it stays as it is, or is the template's */
export const scalingStack = (
  component: ComponentName,
  limits?: { fewest: number; most: number },
): WantedStack => ({
  part: `scaling-${component}`,
  template: 'scaling',
  parameters: {
    Component: component,
    ...(limits && { MinCapacity: String(limits.fewest), MaxCapacity: String(limits.most) }),
  },
});

/** What is there before any component, in the order in which one part needs another. */
export const groundStacks: WantedStack[][] = [
  [
    { part: 'network', template: 'network' },
    { part: 'storage', template: 'storage' },
    { part: 'registry', template: 'registry' },
  ],
  [{ part: 'security', template: 'security' }],
  [{ part: 'edge', template: 'edge' }],
  [{ part: 'observability', template: 'observability' }],
];

const tls = ({ emulated }: Site): Record<string, string> => (emulated ? { DatabaseTls: 'disable' } : {});
