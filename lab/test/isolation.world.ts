// Samples of a world whose truth is known, as the trials of the experiment leave them.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Module, Topology } from '../src/environments/environment.ts';
import type { Kept } from '../src/experiments/experiment.ts';
import type { IsolationRecord } from '../src/experiments/isolation/record.ts';
import { type Sample, writeSamples } from '../src/generator/samples.ts';

const routes = [
  'GET /api/users',
  'GET /api/threads',
  'POST /api/threads',
  'GET /api/threads/:threadId/discussion',
  'GET /api/posts',
];
const seconds = { warmUp: 1, baseline: 3, fault: 4, recovery: 4 };
const rate = 100;
const startMs = Date.UTC(2026, 0, 2, 3);

/** What the topology and the fault make of one request: the share that fails, and how much slower the others are. */
export type Truth = (
  topology: Topology,
  module: Module,
  fault: string,
  route: string,
) => { failing: number; slower: number };

/**
 * Splitting protects users and threads from posts; a stopped database takes the whole shared server along; and in the
 * services threads are written only while users answers.
 */
export const truth: Truth = (topology, module, fault, route) => {
  const isMonolith = topology.startsWith('monolith');
  if (isMonolith)
    return { failing: topology === 'monolith-replicated' && fault === 'killed' ? 0.02 : 1, slower: 1 };
  if (fault === 'database-stopped' && topology === 'microservices-shared-db')
    return { failing: 1, slower: 1 };
  if (route.includes(`/api/${module}`)) return { failing: 1, slower: 1 };
  if (module === 'users' && route === 'POST /api/threads') return { failing: 1, slower: 1 };
  return { failing: 0, slower: route.endsWith('discussion') ? 3 : 1 };
};

type Place = { topology: Topology; module: Module; fault: string; trial: number };

function* samplesOf(place: Place, from: number): Generator<Sample> {
  const beganAtMs = from + (seconds.warmUp + seconds.baseline) * 1000;
  const total = seconds.warmUp + seconds.baseline + seconds.fault + seconds.recovery;
  for (let n = 0; n < total * rate; n += 1) {
    const timeMs = from + (n * 1000) / rate;
    const route = routes[n % routes.length] ?? '';
    const isBroken = timeMs >= beganAtMs && timeMs < beganAtMs + seconds.fault * 1000;
    const { failing, slower } = isBroken
      ? truth(place.topology, place.module, place.fault, route)
      : { failing: 0, slower: 1 };
    // Spread evenly instead of drawn: the truth is in the samples exactly.
    const failed = ((n / routes.length) * failing) % 1 > 1 - failing - 1e-9 && failing > 0;
    const durationMs = (2 + ((n * 7) % 20) / 10) * slower;
    const degraded = !failed && slower > 1;
    yield { timeMs, route, status: failed ? 503 : 200, durationMs, failed, degraded };
  }
}

const keep = async (place: Place, index: number, folder: string): Promise<Kept<IsolationRecord>> => {
  const from = startMs + index * 20_000;
  const samples = `samples/${place.module}-${place.fault}.${place.topology}.${place.trial}.csv.gz`;
  await mkdir(dirname(join(folder, samples)), { recursive: true });
  await writeSamples(join(folder, samples), Readable.from(samplesOf(place, from)));
  const beganAtMs = from + (seconds.warmUp + seconds.baseline) * 1000;
  const removedAtMs = beganAtMs + seconds.fault * 1000;
  return {
    slot: `${place.module}-${place.fault}.${place.topology}.${place.trial}`,
    startedAt: new Date(from).toISOString(),
    seconds: 17,
    voids:
      index === 0
        ? ['the generator fell behind: 3 requests not sent, 70 % of the rate in its worst second']
        : [],
    record: {
      ...place,
      rate,
      seconds,
      samples,
      requests: 1200,
      generator: { droppedIterations: 0, lowestSecond: 1, cores: 0.2, cpuWaitShare: 0.01, busyBefore: 0.5 },
      mark: {
        fault: place.fault,
        beganAtMs,
        seenAtMs: beganAtMs,
        endsAtMs: removedAtMs,
        removedAtMs,
        backAtMs: removedAtMs + 10,
        evidence: `${place.topology} (pid 4711) is <gone>; at the end: still down`,
      },
    },
  };
};

/** Trials of two faults in posts everywhere, and of one in users in the main topologies, kept in `folder`. */
export const keepWorld = async (
  topologies: readonly Topology[],
  trials: number,
  folder: string,
): Promise<Kept<IsolationRecord>[]> => {
  const isMain = (topology: Topology): boolean => topology === 'monolith' || topology === 'microservices';
  const places = topologies.flatMap((topology) => [
    { topology, module: 'posts' as const, fault: 'killed' },
    { topology, module: 'posts' as const, fault: 'database-stopped' },
    ...(isMain(topology) ? [{ topology, module: 'users' as const, fault: 'killed' }] : []),
  ]);
  const all = places.flatMap((place) =>
    Array.from({ length: trials }, (_, index) => ({ ...place, trial: index + 1 })),
  );
  return Promise.all(all.map((place, index) => keep(place, index, folder)));
};
