// What a trial's own samples must show for it to say anything.
import { NotSeen } from '../../faults/fault.ts';
import { surgeTimes } from '../../faults/surge.ts';
import { readSamples } from '../../generator/samples.ts';
import type { Mark } from '../../trial/mark.ts';
import { Void } from '../experiment.ts';

/** Ten times was asked for; a little less is a surge too. */
const enoughSurge = 0.8 * surgeTimes;
/** A topology that fails more than this before the fault is still ailing from something else. */
const healthyShare = 0.99;

/** Requests of one route, or of all, before and during a fault. */
export interface Counts {
  before: number;
  failedBefore: number;
  during: number;
}

/** Counts the requests sent in the `seconds` before a fault and those sent during it. */
export const countAround = async (
  samplesFile: string,
  { beganAtMs, seenAtMs, endsAtMs, removedAtMs }: Mark,
  seconds: number,
  route?: string,
): Promise<Counts> => {
  const counts = { before: 0, failedBefore: 0, during: 0 };
  for await (const sample of readSamples(samplesFile)) {
    if (route !== undefined && sample.route !== route) continue;
    if (sample.timeMs >= seenAtMs && sample.timeMs < (endsAtMs ?? removedAtMs)) counts.during += 1;
    if (sample.timeMs >= beganAtMs || sample.timeMs < beganAtMs - seconds * 1000) continue;
    counts.before += 1;
    // One that was sent just before and met the fault under way says nothing of the time before.
    if (sample.failed && sample.timeMs + sample.durationMs < beganAtMs) counts.failedBefore += 1;
  }
  return counts;
};

/** @throws Void when a topology was not well before its fault */
export const requireHealth = ({ before, failedBefore }: Counts): void => {
  const share = before === 0 ? 0 : 1 - failedBefore / before;
  if (share < healthyShare)
    throw new Void(`before the fault only ${Math.floor(100 * share)} % of the requests were answered`);
};

/** How a surge was seen. @throws NotSeen when it was not */
export const requireSurge = (
  { before, during }: Counts,
  { beganAtMs, removedAtMs }: Mark,
  seconds: number,
  route: string,
): string => {
  const usual = before / seconds;
  const surged = during / ((removedAtMs - beganAtMs) / 1000);
  const text = `${route}: ${usual.toFixed(0)} requests a second before, ${surged.toFixed(0)} during`;
  if (before === 0 || surged < enoughSurge * usual) throw new NotSeen(text);
  return text;
};
