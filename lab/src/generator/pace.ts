// Did the generator keep its rate?
import { type Arrivals, plannedBetween } from './arrivals.ts';
import type { Sample } from './samples.ts';

/** Below these shares of the planned requests, in all and in the worst second, a run says nothing. */
const ENOUGH_IN_ALL = 0.99;
const ENOUGH_IN_A_SECOND = 0.8;

export type Pace = { requests: number; lowestSecond: number; fellBehind: boolean };

const countsBySecond = (starts: Map<number, number>, seconds: number): number[] => {
  const first = Math.min(...starts.keys());
  const counts = Array.from({ length: seconds }, () => 0);
  for (const [tenth, count] of starts) {
    const second = Math.floor((tenth - first) / 10);
    if (second < seconds) counts[second] = (counts[second] ?? 0) + count;
  }
  // The last second may be cut short by what came before the first request.
  return seconds > 1 ? counts.slice(0, -1) : counts;
};

/** Counts samples by the tenth of a second in which their request started. */
export const paceKeeper = (arrivals: Arrivals) => {
  const starts = new Map<number, number>();
  let requests = 0;
  const lowestSecond = (): number => {
    const counts = countsBySecond(starts, Math.floor(arrivals.seconds));
    return Math.min(...counts.map((count, second) => count / plannedBetween(arrivals, second, second + 1)));
  };
  return {
    /** Passes samples through, counting them. */
    async *watch(samples: AsyncIterable<Sample>): AsyncGenerator<Sample> {
      for await (const sample of samples) {
        const tenth = Math.floor(sample.timeMs / 100);
        starts.set(tenth, (starts.get(tenth) ?? 0) + 1);
        requests++;
        yield sample;
      }
    },
    result(): Pace {
      const planned = plannedBetween(arrivals, 0, arrivals.seconds);
      const lowest = requests === 0 ? 0 : lowestSecond();
      const fellBehind = requests < planned * ENOUGH_IN_ALL || lowest < ENOUGH_IN_A_SECOND;
      return { requests, lowestSecond: lowest, fellBehind };
    },
  };
};
