// The generator that counts: k6 runs load/compare.ts, and its raw samples are reduced when it has ended.
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Readable } from 'node:stream';
import { type Arrivals, arrivalsOf } from './arrivals.ts';
import type { Generator, RunOptions, RunResult } from './generator.ts';
import type { K6, K6Process } from './k6.ts';
import { readK6Csv } from './k6-csv.ts';
import { linesOf } from './lines.ts';
import { paceKeeper } from './pace.ts';
import { type CpuUse, followCpu } from './process-cpu.ts';
import { type Sample, writeSamples } from './samples.ts';
import { isStarved } from './starved.ts';

/** A hung system answers nothing: each request waits this long (load/scenario.ts sizes its users by it). */
export const REQUEST_TIMEOUT_MS = 2000;

/** k6's exit code when an objective was not met: the run itself is sound. */
const OBJECTIVE_MISSED = 99;
/** k6's exit code when it was told to end before its time. */
const ENDED_EARLY = 105;
/** What a run that was told to stop gets to do so; and one whose samples are still wanted. */
const STOP_MS = 3000;
const FINISH_MS = 20_000;
const LAST_LINES = 5;

const surgeConstants = ({ surge }: Arrivals): Record<string, string> =>
  surge
    ? {
        SURGE_ROUTE: surge.route,
        SURGE_RATE: String(surge.rate),
        SURGE_AFTER: `${Math.round(surge.fromSeconds * 1000)}ms`,
        SURGE_DURATION: `${Math.round(surge.seconds * 1000)}ms`,
      }
    : {};

const startScript = (k6: K6, options: RunOptions, arrivals: Arrivals, rawFd: number): K6Process =>
  k6.start({
    script: 'compare',
    constants: {
      BASE_URL: options.baseUrl,
      RATE: String(options.rate),
      DURATION: `${options.seconds}s`,
      SEED: String(options.seed ?? 1),
      TIMEOUT: `${REQUEST_TIMEOUT_MS}ms`,
      ...(options.only ? { ROUTES: options.only.join(',') } : {}),
      ...surgeConstants(arrivals),
    },
    // Samples to standard output: in Docker too they end in our file, whoever k6 runs as there.
    flags: ['--quiet', '--no-color', '--out', 'csv=-'],
    settings: { K6_CSV_TIME_FORMAT: 'unix_micro' },
    stdio: ['ignore', rawFd, 'pipe'],
  });

/** Reads k6's log for the moment the load begins; gives its last lines for the case that it fails. */
const followLog = async (stderr: Readable | null, onStart?: () => void): Promise<string> => {
  const last: string[] = [];
  if (!stderr) return '';
  for await (const line of linesOf(stderr.setEncoding('utf8'))) {
    if (line.includes('msg="load begins"')) onStart?.();
    else if (line !== '') last.push(line);
    if (last.length > LAST_LINES) last.shift();
  }
  return last.join('\n');
};

/** Asks k6 to end when the signal says so, and makes it end when it does not. */
const stopOn = (signal: AbortSignal | undefined, { child, kill }: K6Process, ms: number): void => {
  const stop = (): void => {
    child.kill('SIGINT');
    const timer = setTimeout(kill, ms);
    child.once('exit', () => clearTimeout(timer));
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  child.once('exit', () => signal?.removeEventListener('abort', stop));
};

const cpuFigures = ({ cpuSeconds, cores, waitShare }: CpuUse) => ({
  cpuSeconds,
  cores,
  cpuWaitShare: waitShare,
  starved: isStarved(cores, waitShare, availableParallelism()),
});

/** Runs to the end and gives the exit code and CPU time. Throws when k6 broke or was stopped. */
const execute = async (k6: K6, options: RunOptions, arrivals: Arrivals, rawFile: string) => {
  const raw = await open(rawFile, 'w');
  try {
    const started = startScript(k6, options, arrivals, raw.fd);
    const cpu = followCpu(started.pid);
    stopOn(options.signal, started, STOP_MS);
    stopOn(options.enough, started, FINISH_MS);
    let beganMs = Number.NaN;
    let endedMs = Number.POSITIVE_INFINITY;
    options.enough?.addEventListener('abort', () => {
      endedMs = Date.now();
    });
    const log = followLog(started.child.stderr, () => {
      cpu.begin();
      beganMs = Date.now();
      options.onStart?.();
    });
    const [exitCode]: unknown[] = await once(started.child, 'exit').finally(() => cpu.stop());
    const lastLines = await log;
    options.signal?.throwIfAborted();
    const isWhole = exitCode === 0 || exitCode === OBJECTIVE_MISSED;
    if (!isWhole && !(exitCode === ENDED_EARLY && options.enough?.aborted))
      throw new Error(`k6 ended with ${exitCode}: ${lastLines}`);
    return { endedMs, beganMs, ended: { exitCode, ...cpuFigures(cpu.stop()) } };
  } finally {
    await raw.close();
  }
};

/** Those that were over by then: what k6 was told to leave is no answer of the system's. */
async function* endedBy(ms: number, samples: AsyncIterable<Sample>): AsyncGenerator<Sample> {
  for await (const sample of samples) if (sample.timeMs + sample.durationMs <= ms) yield sample;
}

const run = async (k6: K6, options: RunOptions): Promise<RunResult> => {
  options.signal?.throwIfAborted();
  const arrivals = arrivalsOf(options);
  const rawFile = `${options.samplesFile}.k6.csv`;
  try {
    const { ended, beganMs, endedMs } = await execute(k6, options, arrivals, rawFile);
    const tally = { droppedIterations: 0 };
    const seconds = Math.min(arrivals.seconds, Math.floor((endedMs - beganMs) / 1000));
    const pace = paceKeeper({ ...arrivals, seconds });
    const samples = endedBy(endedMs, readK6Csv(rawFile, REQUEST_TIMEOUT_MS, tally));
    await writeSamples(options.samplesFile, pace.watch(samples));
    const kept = pace.result();
    return { ...ended, ...kept, ...tally, fellBehind: kept.fellBehind || tally.droppedIterations > 0 };
  } finally {
    await rm(rawFile, { force: true });
  }
};

/** The lab's generator on a k6 that was found. */
export const k6Generator = (k6: K6): Generator => ({
  engine: { name: 'k6', version: k6.version },
  preview: false,
  run: (options) => run(k6, options),
});
