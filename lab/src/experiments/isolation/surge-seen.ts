import { NotSeen } from '../../faults/fault.ts';
import { surgeTimes } from '../../faults/surge.ts';
import { readSamples } from '../../generator/samples.ts';
import type { Mark } from '../../trial/mark.ts';

/** Ten times was asked for; a little less is a surge too. */
const enough = 0.8 * surgeTimes;

/** Counts whether a route had its surge: requests a second before and during it. Throws NotSeen when it had not. */
export const requireSurge = async (
  samplesFile: string,
  route: string,
  mark: Mark,
  baselineSeconds: number,
): Promise<string> => {
  const counts = { before: 0, during: 0 };
  for await (const sample of readSamples(samplesFile)) {
    if (sample.route !== route || sample.timeMs >= mark.removedAtMs) continue;
    if (sample.timeMs >= mark.seenAtMs) counts.during += 1;
    else if (sample.timeMs >= mark.beganAtMs - baselineSeconds * 1000) counts.before += 1;
  }
  const before = counts.before / baselineSeconds;
  const during = counts.during / ((mark.removedAtMs - mark.seenAtMs) / 1000);
  const text = `${route}: ${before.toFixed(0)} requests a second before, ${during.toFixed(0)} during`;
  if (during < enough * before || before === 0) throw new NotSeen(text);
  return text;
};
