// Did the generator keep its rate?
import type { Sample } from './samples.ts';

/** Below these shares of the planned requests, in all and in the worst second, a run says nothing. */
const ENOUGH_IN_ALL = 0.99;
const ENOUGH_IN_A_SECOND = 0.8;

export type Pace = { requests: number; lowestSecond: number; fellBehind: boolean };

const lowestCount = (starts: Map<number, number>, seconds: number): number => {
  const first = Math.min(...starts.keys());
  const counts = Array.from({ length: seconds }, () => 0);
  for (const [tenth, count] of starts) {
    const second = Math.floor((tenth - first) / 10);
    if (second < seconds) counts[second] = (counts[second] ?? 0) + count;
  }
  // The last second may be cut short by what came before the first request.
  return Math.min(...(seconds > 1 ? counts.slice(0, -1) : counts));
};

/** Counts samples by the tenth of a second in which their request started. */
export const paceKeeper = (rate: number, seconds: number) => {
  const starts = new Map<number, number>();
  let requests = 0;
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
      const lowestSecond = requests === 0 ? 0 : lowestCount(starts, Math.floor(seconds)) / rate;
      const fellBehind = requests < rate * seconds * ENOUGH_IN_ALL || lowestSecond < ENOUGH_IN_A_SECOND;
      return { requests, lowestSecond, fellBehind };
    },
  };
};
