import type { Deployment, Module, Topology } from '../environments/environment.ts';

/** What a fault is aimed at. */
export interface Target {
  deployment: Deployment;
  /** Its code, its tables or its routes are what is broken. */
  module: Module;
  /** How long the fault is to last from its order on, in milliseconds. */
  lastsMs: number;
  /** Whether the platform starts again what has ended: then a part that was killed does not stay down. */
  heals: boolean;
  signal: AbortSignal;
}

/** A fault that is on. */
export interface Active {
  /** How it was seen. */
  evidence: string;
  /** Looks again shortly before the end. Throws NotSeen when the fault is not there any more. */
  check(): Promise<string>;
  /**
   * Undoes it, and says what was seen of it then, if anything; resolves when what was broken is ready again.
   * Throws NotSeen, when it is undone, if it had not lasted until now.
   */
  remove(): Promise<string | undefined>;
}

/** One way to break a part, the same in every topology. */
export interface Fault {
  /** Names files and cells: lower case and hyphens. */
  name: string;
  /** What the module is then, in words: "posts hung". */
  label: string;
  /** What is done, for whoever reads a report. */
  how: string;
  /**
   * From when on requests count as sent during the fault: when it was seen, or already when it was ordered, where
   * coming about is part of it (a rollout).
   */
  countsFrom: 'order' | 'seen';
  /** Seconds until it has come about in full. */
  leadSeconds(topology: Topology): number;
  /** Whether a process starts anew at its end, so that recovery takes longer. */
  startsAnew: boolean;
  /** Resolves when the fault was seen, and throws NotSeen (or what a verb throws) otherwise; then nothing is left on. */
  apply(target: Target): Promise<Active>;
}

/** The fault did not happen, or did not last. */
export class NotSeen extends Error {}

export const atOnce = (): number => 0;
