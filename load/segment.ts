// One k6's share of the load of a comparison, where several on different machines make it together: every request of
// the one load is sent by exactly one of them. All begin at the same second.
import { sleep } from 'k6';
import { options as ofAll } from './compare.ts';
import { durationSeconds, loadDuration, rate, SEGMENT, SEGMENTS, START_FILE } from './constants.ts';
import { prepare } from './setup.ts';

export { default, handleSummary, surge } from './compare.ts';

const boundaries = Array.from({ length: SEGMENTS + 1 }, (_, share) => `${share}/${SEGMENTS}`);

export const options = {
  ...ofAll,
  executionSegment: `${SEGMENT}/${SEGMENTS}:${SEGMENT + 1}/${SEGMENTS}`,
  executionSegmentSequence: boundaries.join(','),
};

const ownRequests = (rate(400) * durationSeconds(loadDuration('30s'))) / SEGMENTS;
const start = START_FILE === '' ? 0 : Number(open(START_FILE));

export const setup = async () => {
  const targets = await prepare(ownRequests);
  sleep(Math.max(0, start - Date.now() / 1000));
  return targets;
};
