import { setInterval } from 'node:timers/promises';
import type { Generator, RunOptions, RunResult } from '../src/generator/generator.ts';
import { type Sample, writeSamples } from '../src/generator/samples.ts';

const route = 'GET /api/users';

const send = async (baseUrl: string): Promise<Sample> => {
  const timeMs = Date.now();
  const status = await fetch(`${baseUrl}/api/users`, { signal: AbortSignal.timeout(300) }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );
  return { timeMs, route, status, durationMs: Date.now() - timeMs, failed: status !== 200, degraded: false };
};

async function* load({ baseUrl, rate, seconds, signal }: RunOptions): AsyncGenerator<Sample> {
  const pending: Promise<Sample>[] = [];
  for await (const _ of setInterval(1000 / rate, undefined, signal ? { signal } : {})) {
    pending.push(send(baseUrl));
    if (pending.length >= rate * seconds) break;
  }
  yield* pending;
}

/** Open-loop load on one route with what Node has; `fellBehind` is what a run says of itself. */
export const createTinyGenerator = (fellBehind: () => boolean = () => false): Generator => ({
  engine: { name: 'tiny', version: '1' },
  preview: false,
  run: async (options): Promise<RunResult> => {
    options.onStart?.();
    await writeSamples(options.samplesFile, load(options));
    const behind = fellBehind();
    return {
      requests: 0,
      droppedIterations: behind ? 7 : 0,
      exitCode: 0,
      cpuSeconds: null,
      cores: null,
      cpuWaitShare: null,
      starved: false,
      lowestSecond: behind ? 0.7 : 1,
      fellBehind: behind,
    };
  },
});
