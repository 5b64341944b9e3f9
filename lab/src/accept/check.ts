// What one acceptance check is, what it is given, and what it gives back.
import type { Topology } from '../environments/environment.ts';
import type { Generator } from '../generator/generator.ts';
import type { LoadOrder, LoadResult, UnderLoad } from './load.ts';
import type { Platform, PlatformName } from './platform.ts';

/** The checks of the suite, in the order in which they run. */
export const checkNames = [
  'contract',
  'scale',
  'rollout',
  'migration',
  'faults',
  'policies',
  'nodes',
  'cleanup',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `short` is for every push: the same checks with fewer rounds and requests. */
export type Form = 'short' | 'full';

export interface CheckContext {
  readonly platform: Platform;
  readonly form: Form;
  /** The check's own folder, which is there: for samples, logs and reports. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** For what puts on load by itself; others use `load`. */
  readonly generator: Generator;
  /** Tells a person how far it is, one line at a time. */
  say(line: string): void;
  /**
   * Puts load on a topology while something happens; resolves when both are over.
   * @throws Error when the generator broke, or with what `meanwhile` threw
   */
  load<T>(order: LoadOrder, meanwhile: (load: UnderLoad) => Promise<T>): Promise<LoadResult & { value: T }>;
}

export interface CheckResult {
  ok: boolean | 'not applicable';
  /** What was seen, one sentence with its figures each; the reason where it is not applicable. */
  saw: string[];
  /** Requests that had to succeed, and how many of them failed. Controls and announced losses are not among them. */
  requests?: number;
  failed?: number;
}

export interface Check {
  readonly name: CheckName;
  /** As in the table: `rollout and rollback under load`. */
  readonly title: string;
  readonly platforms: readonly PlatformName[];
  /** What has to be up before it runs; the same as it was afterwards, except after `cleanup`. */
  readonly topologies: readonly Topology[];
  /** What the short form needs, where that is less. */
  readonly short?: readonly Topology[];
  run(context: CheckContext): Promise<CheckResult>;
}
