import { arrive } from '../../load/arrive.ts';
import { countBetween } from '../../load/count.ts';
import type { Window } from '../../result.ts';
import { objective } from '../../run/highest-rate.ts';
import type { Target } from '../../run/window.ts';

/** How many times the peak arrives during the surge, and which part of the knee before and after. */
export const factor = 3;
const usual = 0.5;

/** What is loaded, what it can do, in requests a second, and how often its clients repeat at once what failed. */
export interface Surged extends Target {
  /** The highest rate that meets the objective. */
  knee: number;
  /** The most that it answers, whatever the latency: never below the knee. */
  peak: number;
  retries: number;
}

/**
 * Half the knee, then three times the peak, which is more than can be done for certain, then half the knee again.
 * Gives what came of the surge, and what share of the peak was answered in each second of it all.
 */
export async function surge(
  { name, origin, knee, peak, retries }: Surged,
  pathsFile: string,
  round: number,
  quick: boolean,
): Promise<{ window: Window; course: { x: number[]; y: number[] } }> {
  const [before, during, after] = quick ? [1, 2, 3] : [1, 4, 3];
  const { outcomes, lateMs } = await arrive({
    origin,
    pathsFile,
    steps: [
      { rate: knee * usual, seconds: before },
      { rate: peak * factor, seconds: during },
      { rate: knee * usual, seconds: after },
    ],
    connections: 2_000,
    isConnected: true,
    seed: round,
    retries,
  });
  const ended = before + during;
  const surged = countBetween(outcomes, before * 1_000, ended * 1_000);
  const seconds = Array.from({ length: ended + after }, (_, at) =>
    countBetween(outcomes, at * 1_000, (at + 1) * 1_000),
  );
  const isNormal = seconds.slice(ended).map(({ sent, ok, p99Ms }) => {
    return ok >= 0.99 * sent && p99Ms !== null && p99Ms <= objective.p99Ms;
  });
  return {
    window: {
      target: name,
      measure: 'surge',
      round,
      requests: surged.sent,
      failed: surged.sent - surged.ok,
      seconds: during,
      cpuSeconds: {},
      values: {
        knee,
        peak,
        goodput: surged.ok / during / peak,
        admittedP99Ms: surged.p99Ms,
        refused: surged.refused,
        refusedP99Ms: surged.refusedP99Ms,
        withoutRetryAfter: surged.withoutRetryAfter,
        failedOtherwise: surged.failed,
        lateMs,
        // all the seconds there are when none was normal
        backS: isNormal.includes(true) ? isNormal.indexOf(true) : after,
      },
    },
    course: { x: seconds.map((_, at) => at), y: seconds.map(({ ok }) => ok / peak) },
  };
}
