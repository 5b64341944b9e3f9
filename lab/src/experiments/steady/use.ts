import type { DatabaseName, Deployment, PartName, Usage } from '../../environments/environment.ts';
import { busyShare, type MachineTimes, machineTimes } from '../../trial/machine-busy.ts';
import { Void } from '../experiment.ts';
import type { PartUse, Use } from './record.ts';

type Look = MachineTimes & { atMs: number; usage: Usage[] };

/** Reading takes a moment itself: the middle of it is taken for the time. */
const look = async (deployment: Deployment): Promise<Look> => {
  const beganMs = performance.now();
  const usage = await deployment.usage();
  return { atMs: (beganMs + performance.now()) / 2, usage, ...machineTimes() };
};

const difference = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : after - before;

const addUp = (values: readonly (number | null)[]): number | null =>
  values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);

const ofReplica = (before: readonly Usage[], after: Usage): Omit<PartUse, 'part' | 'replicas'> => {
  const first = before.find(({ part, replica }) => part === after.part && replica === after.replica);
  if (first === undefined || after.cpuSeconds < first.cpuSeconds)
    throw new Void(`${after.replica} was started anew during the window`);
  return {
    cpuSeconds: after.cpuSeconds - first.cpuSeconds,
    memoryBytes: after.memoryBytes,
    receivedBytes: difference(first.receivedBytes, after.receivedBytes),
    sentBytes: difference(first.sentBytes, after.sentBytes),
  };
};

const ofPart = (part: PartName, before: readonly Usage[], after: readonly Usage[]): PartUse => {
  const used = after.filter((one) => one.part === part).map((one) => ofReplica(before, one));
  return {
    part,
    replicas: used.length,
    cpuSeconds: used.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    memoryBytes: used.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    receivedBytes: addUp(used.map(({ receivedBytes }) => receivedBytes)),
    sentBytes: addUp(used.map(({ sentBytes }) => sentBytes)),
  };
};

const isDatabaseName = (name: PartName): name is DatabaseName => name.endsWith('-db');

const connectionsOf = async (deployment: Deployment): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { name } of await deployment.parts()) {
    if (isDatabaseName(name)) counts[name] = await deployment.connections(name);
  }
  return counts;
};

/**
 * What all components of a deployment use while `during` lasts.
 * @throws Void when a component was started anew meanwhile: its counters are no longer those of before
 */
export const useDuring = async (deployment: Deployment, during: () => Promise<void>): Promise<Use> => {
  const before = await look(deployment);
  await during();
  const after = await look(deployment);
  const parts = [...new Set(after.usage.map(({ part }) => part))];
  return {
    seconds: (after.atMs - before.atMs) / 1000,
    parts: parts.map((part) => ofPart(part, before.usage, after.usage)),
    connections: await connectionsOf(deployment),
    machineBusy: busyShare(before, after),
  };
};
