import type { FaultMark, Phase } from '../report/schema.ts';

/** Length of each part of a trial, in seconds. */
export type PhaseSeconds = { warmUp: number; baseline: number; fault: number; recovery: number };

/** When a request was sent (epoch ms) and how long it took. */
type Sent = { timeMs: number; durationMs: number };

/**
 * Lengths for a fault that lasts `fault` seconds: a baseline of half of it, a recovery of a second more, since three
 * good seconds in a row have to fit in, and a warm-up of 2 s, in which JIT and pools settle at 400 requests a second.
 */
export const phaseSeconds = (fault: number): PhaseSeconds => ({
  warmUp: 2,
  baseline: Math.ceil(fault / 2),
  fault,
  recovery: fault + 1,
});

/** Seconds of load that a trial with `faults` faults needs. */
export const loadSeconds = (seconds: PhaseSeconds, faults: number): number =>
  seconds.warmUp + faults * (seconds.baseline + seconds.fault + seconds.recovery);

/**
 * The phase a request belongs to: the one in which it started, whenever it ended.
 * "edge" (belongs to none): sent before the fault and not answered when it began, or sent between
 * the moment the fault was asked for and the moment it was seen. Null: not near this fault.
 */
export const phaseOf = (sent: Sent, mark: FaultMark, seconds: PhaseSeconds): Phase | 'edge' | null => {
  const at = sent.timeMs;
  if (at < mark.beganAtMs - seconds.baseline * 1000) return null;
  if (at < mark.beganAtMs) return at + sent.durationMs < mark.beganAtMs ? 'baseline' : 'edge';
  if (at < mark.seenAtMs) return 'edge';
  if (at < mark.removedAtMs) return 'fault';
  return at < mark.removedAtMs + seconds.recovery * 1000 ? 'recovery' : null;
};

/** Where a phase's seconds are counted from, in epoch ms. */
export const phaseStart = (phase: Phase, mark: FaultMark, seconds: PhaseSeconds): number => {
  if (phase === 'baseline') return mark.beganAtMs - seconds.baseline * 1000;
  return phase === 'fault' ? mark.seenAtMs : mark.removedAtMs;
};
