import type { Mark } from './mark.ts';

export const phases = ['baseline', 'fault', 'recovery'] as const;
export type Phase = (typeof phases)[number];

/** Length of each part of a trial, in seconds. */
export type PhaseSeconds = { warmUp: number; baseline: number; fault: number; recovery: number };

/**
 * Lengths for a fault that lasts `fault` seconds: a baseline of half of it, a recovery of a second more, since three
 * good seconds in a row have to fit in, and a warm-up of 1 s, in which connections are made; code is warm by then (see warm.ts).
 */
export const phaseSeconds = (fault: number): PhaseSeconds => ({
  warmUp: 1,
  baseline: Math.ceil(fault / 2),
  fault,
  recovery: fault + 1,
});

/** Seconds of load that a trial with `faults` faults needs. */
export const loadSeconds = (seconds: PhaseSeconds, faults: number): number =>
  seconds.warmUp + faults * (seconds.baseline + seconds.fault + seconds.recovery);

/**
 * How long before a fault requests are left out, since it may catch them under way. The same for all of them:
 * leaving out just those that were under way would leave out the slow ones, and so all that ran into the time limit.
 */
const edgeMs = 100;

/**
 * The phase that a request sent at `sentMs` belongs to, whenever it ended. "edge" belongs to none: from 100 ms
 * before the fault was asked for until it was seen, and while it is being undone. Null: not near this fault.
 */
export const phaseOf = (sentMs: number, mark: Mark, seconds: PhaseSeconds): Phase | 'edge' | null => {
  if (sentMs < mark.beganAtMs - seconds.baseline * 1000) return null;
  if (sentMs < mark.beganAtMs - edgeMs) return 'baseline';
  if (sentMs < mark.seenAtMs) return 'edge';
  if (sentMs >= (mark.endsAtMs ?? mark.removedAtMs) && sentMs < mark.removedAtMs) return 'edge';
  if (sentMs < mark.removedAtMs) return 'fault';
  return sentMs < mark.removedAtMs + seconds.recovery * 1000 ? 'recovery' : null;
};

/** Where a phase's seconds are counted from, in epoch ms. */
export const phaseStart = (phase: Phase, mark: Mark, seconds: PhaseSeconds): number => {
  if (phase === 'baseline') return mark.beganAtMs - seconds.baseline * 1000;
  return phase === 'fault' ? mark.seenAtMs : mark.removedAtMs;
};
