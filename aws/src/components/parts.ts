import type { Site } from '../site.ts';
import type { WantedStack } from '../stacks/deploy-stack.ts';
import { type ComponentName, previewPriority, sizes } from './components.ts';

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

/** @param tasks how many run or are to run */
export function serviceStack(site: Site, wanted: Wanted, tasks: number, previousTag?: string): WantedStack {
  const { component, dataOf, imageTag } = wanted;
  const { cpu, memoryMiB, pool } = sizes[component];
  return {
    part: `service-${component}`,
    template: 'service',
    parameters: {
      Component: component,
      DataOf: dataOf,
      ImageTag: imageTag,
      Cpu: String(cpu),
      Memory: String(memoryMiB),
      Pool: String(pool),
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

export const scalingStack = (component: ComponentName): WantedStack => ({
  part: `scaling-${component}`,
  template: 'scaling',
  parameters: { Component: component },
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
