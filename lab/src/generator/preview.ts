// The generator for a machine without k6, Docker and Go. Not open-loop: a connection that waits for an answer
// sends nothing, so a hung system gets less load than a healthy one. Good for a first look only.
import { setTimeout as delay } from 'node:timers/promises';
import { routesNamed } from '@cleave/load/mix';
import { findTargets, type Send } from '@cleave/load/targets';
import autocannon from 'autocannon';
import autocannonPackage from 'autocannon/package.json' with { type: 'json' };
import { arrivalsOf } from './arrivals.ts';
import type { Generator, RunOptions, RunResult } from './generator.ts';
import { REQUEST_TIMEOUT_MS } from './k6-generator.ts';
import { paceKeeper } from './pace.ts';
import { watchClient } from './preview-client.ts';
import { type Plan, planOf } from './preview-plan.ts';
import { type Sample, writeSamples } from './samples.ts';
import { isStarved } from './starved.ts';

// autocannon sends a second's requests all at once. Lanes that start one after the other spread them.
const LANES = 20;
/** How often a lane looks whether its time is over. */
const SAMPLE_MS = 500;

const sendTo =
  (baseUrl: string): Send =>
  async (method, path, body) => {
    const answer = await fetch(baseUrl + path, {
      method,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    return { status: answer.status, body: await answer.text() };
  };

/** One lane: connections that send one request a second each. Ends after `seconds`, or when told to stop. */
const runLane = (
  { baseUrl, seconds, signal }: RunOptions,
  connections: number,
  setupClient: (client: autocannon.Client) => void,
) =>
  new Promise<void>((resolve, reject) => {
    const lane = autocannon(
      {
        url: baseUrl,
        connections,
        connectionRate: 1,
        maxConnectionRequests: Math.max(1, Math.floor(seconds)),
        duration: seconds,
        timeout: REQUEST_TIMEOUT_MS / 1000,
        sampleInt: SAMPLE_MS,
        setupClient,
      },
      (error) => {
        signal?.removeEventListener('abort', stop);
        if (error) reject(error);
        else resolve();
      },
    );
    const stop = (): void => lane.stop();
    signal?.addEventListener('abort', stop, { once: true });
  });

const runLanes = async (
  options: RunOptions,
  plan: Plan,
  onSample: (sample: Sample) => void,
): Promise<void> => {
  const lanes: Promise<void>[] = [];
  for (let lane = 0; lane < LANES && !options.signal?.aborted; lane++) {
    // The rate is a whole number of connections, spread over the lanes.
    const connections =
      Math.floor((options.rate * (lane + 1)) / LANES) - Math.floor((options.rate * lane) / LANES);
    if (connections > 0)
      lanes.push(runLane(options, connections, (client) => watchClient(client, plan, onSample)));
    await delay(1000 / LANES);
  }
  await Promise.all(lanes);
};

async function* stream(samples: Sample[]): AsyncGenerator<Sample> {
  yield* samples;
}

const run = async (options: RunOptions): Promise<RunResult> => {
  options.signal?.throwIfAborted();
  if (options.surge)
    throw new Error('A surge needs k6: the preview cannot send a second load beside the first.');
  const arrivals = arrivalsOf(options);
  const routes = routesNamed(options.only ?? []);
  const targets = await findTargets(sendTo(options.baseUrl), options.rate * options.seconds, routes);
  const plan = planOf(targets, options.seed ?? 1, routes);
  const samples: Sample[] = [];
  const before = process.cpuUsage();
  const beganMs = performance.now();
  options.onStart?.();
  await runLanes(options, plan, (sample) => samples.push(sample));
  options.signal?.throwIfAborted();
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6;
  const cores = (1000 * cpuSeconds) / (performance.now() - beganMs);
  const pace = paceKeeper(arrivals);
  await writeSamples(options.samplesFile, pace.watch(stream(samples)));
  const { requests, lowestSecond } = pace.result();
  const dropped = Math.max(0, options.rate * Math.floor(options.seconds) - plan.planned());
  // Less than the rate is this generator's nature in a hang; half of it is what a hang of everything leaves.
  const fellBehind = requests < (options.rate * options.seconds) / 3;
  return {
    requests,
    lowestSecond,
    fellBehind,
    droppedIterations: dropped,
    exitCode: 0,
    cpuSeconds,
    cores,
    cpuWaitShare: null,
    starved: isStarved(cores, null, 1), // all of it is one thread
  };
};

/** autocannon in this process. */
export const previewGenerator: Generator = {
  engine: { name: 'autocannon', version: autocannonPackage.version },
  preview: true,
  run,
};
