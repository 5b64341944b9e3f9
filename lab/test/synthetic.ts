import { probit } from 'simple-statistics';
import { findings } from '../src/compare/findings.ts';
import { groupsOf } from '../src/compare/groups.ts';
import type { Sample } from '../src/generator/samples.ts';
import { type FaultMark, faults, type MainTopology, type Report, type Run } from '../src/report/schema.ts';
import { createDraw, type DrawBelow } from '../src/statistics/random.ts';
import { loadSeconds, type PhaseSeconds, phaseSeconds } from '../src/trial/phases.ts';
import { tallyTrial } from '../src/trial/tally.ts';

/** Routes and their share of the requests, as a load would declare them. */
export const routes: Record<string, number> = {
  'GET /api/users': 10,
  'GET /api/users/:userId': 12,
  'POST /api/users': 2,
  'PATCH /api/users/:userId': 4,
  'GET /api/threads': 8,
  'GET /api/threads/:threadId': 12,
  'GET /api/threads/:threadId/discussion': 14,
  'POST /api/threads': 3,
  'GET /api/posts': 5,
  'GET /api/posts/in-thread/:threadId': 12,
  'GET /api/posts/by-user/:userId': 6,
  'POST /api/posts': 7,
  'DELETE /api/posts/:postId': 3,
  'GET /api/': 2,
};

const startMs = Date.UTC(2026, 7, 1, 12);
const bootMs = { monolith: 1400, microservices: 900 };
const timeLimitMs = 2000;

const marksOf = (from: number, seconds: PhaseSeconds): FaultMark[] =>
  faults.map((fault, index) => {
    const whole = seconds.baseline + seconds.fault + seconds.recovery;
    const beganAtMs = from + (seconds.warmUp + index * whole + seconds.baseline) * 1000;
    const removedAtMs = beganAtMs + 12 + seconds.fault * 1000;
    const seen = fault === 'kill' ? 'refused connections' : 'accepted connections and did not answer';
    return {
      fault,
      beganAtMs,
      seenAtMs: beganAtMs + 12,
      removedAtMs,
      backAtMs: removedAtMs + 900,
      evidence: `port 4103 ${seen}`,
    };
  });

const latency = (topology: MainTopology, route: string, draw: DrawBelow): number => {
  const typical = (topology === 'monolith' ? 2.1 : 3.4) * (route.endsWith('discussion') ? 2.6 : 1);
  return typical * Math.exp(0.45 * probit((draw(1_000_000) + 0.5) / 1_000_000));
};

type Outcome = Pick<Sample, 'status' | 'durationMs' | 'failed' | 'degraded'>;

const answered = (durationMs: number, degraded = false): Outcome => ({
  status: 200,
  durationMs,
  failed: false,
  degraded,
});
const failedAs = (status: number, durationMs: number): Outcome => ({
  status,
  durationMs,
  failed: true,
  degraded: false,
});

/** What is known to be true in this world: the monolith fails whole, the services lose posts and degrade. */
const outcome = (
  topology: MainTopology,
  route: string,
  at: number,
  mark: FaultMark | undefined,
  draw: DrawBelow,
): Outcome => {
  const usual = latency(topology, route, draw);
  if (mark === undefined) return answered(usual);
  const sinceFault = at - mark.beganAtMs;
  if (topology === 'monolith' && mark.fault === 'kill') return failedAs(0, 0.4);
  const untilResumed = mark.removedAtMs - at;
  if (topology === 'monolith')
    return untilResumed > timeLimitMs ? failedAs(0, timeLimitMs) : answered(untilResumed + 30 + usual);
  const slow = mark.fault === 'hang' && sinceFault < 700;
  if (route.includes('/api/posts')) return slow ? failedAs(504, 1500) : failedAs(503, usual);
  if (route.endsWith('discussion')) return answered(slow ? 400 + usual : usual, true);
  return draw(20_000) === 0 ? failedAs(503, usual) : answered(usual * 1.1);
};

const downAt = (topology: MainTopology, at: number, marks: readonly FaultMark[]): FaultMark | undefined =>
  marks.find(
    (mark) => at >= mark.beganAtMs && at < mark.removedAtMs + (mark.fault === 'kill' ? bootMs[topology] : 60),
  );

type World = { rate: number; routes: Record<string, number> };
type Sending = { topology: MainTopology; run: Run; world: World; draw: DrawBelow; until: number };

function* samplesOf({ topology, run, world, draw, until }: Sending): Generator<Sample> {
  const names = Object.entries(world.routes).flatMap(([route, weight]) =>
    Array.from({ length: weight }, () => route),
  );
  for (let timeMs = Date.parse(run.startedAt); timeMs < until; timeMs += 1000 / world.rate) {
    const route = names[draw(names.length)] ?? '';
    const { durationMs, ...rest } = outcome(
      topology,
      route,
      timeMs,
      downAt(topology, timeMs, run.faults),
      draw,
    );
    yield { timeMs, route, durationMs: Number(durationMs.toFixed(3)), ...rest };
  }
}

const order: MainTopology[] = [
  'monolith',
  'microservices',
  'microservices',
  'monolith',
  'monolith',
  'microservices',
];

const seconds = phaseSeconds(4);

const runOf = (topology: MainTopology, index: number): Run => {
  const from = startMs + index * 27_000;
  const trial = order.slice(0, index + 1).filter((one) => one === topology).length;
  return {
    trial,
    topology,
    startedAt: new Date(from).toISOString(),
    samples: `samples/${topology}-${trial}.csv.gz`,
    requests: 0,
    edgeRequests: 0,
    faults: marksOf(from, seconds),
  };
};

/** A report of a world whose truth is known, counted as a real one; `keep` gets the samples of each trial. */
export const syntheticReport = async (
  world: World = { rate: 500, routes },
  keep: (run: Run, samples: Sample[]) => Promise<void> = async () => undefined,
): Promise<Report> => {
  const draw = createDraw(3);
  const counted = [];
  const runs: Run[] = [];
  for (const [index, topology] of order.entries()) {
    const run = runOf(topology, index);
    const until = Date.parse(run.startedAt) + loadSeconds(seconds, faults.length) * 1000;
    const samples = [...samplesOf({ topology, run, world, draw, until })];
    await keep(run, samples);
    const tally = await tallyTrial(samples, run.faults, seconds, groupsOf);
    counted.push({ topology, tally });
    runs.push({ ...run, requests: tally.requests, edgeRequests: tally.edgeRequests });
  }
  return {
    generatedAt: '2026-08-01T12:03:00.000Z',
    commit: '0123456789abcdef0123456789abcdef01234567',
    environment: 'local',
    budgets: 'not enforced: both topologies share this machine',
    machine: {
      cpu: 'Example CPU',
      cores: 2,
      memoryGiB: 24,
      os: 'Debian 13',
      node: 'v26.10.0',
      busyBefore: 0.02,
    },
    engine: { name: 'k6', version: '2.2.0' },
    preview: false,
    command: 'npm run compare -- --trials 3 --rate 500 --seconds 4',
    rate: world.rate,
    trials: 3,
    trialsPlanned: 3,
    faults: [...faults],
    target: { monolith: 'monolith', microservices: 'posts' },
    seconds,
    warnings: [],
    voidTrials: [
      { trial: 2, topology: 'monolith', reason: 'the generator fell behind: 14 iterations were dropped' },
    ],
    runs,
    ...findings(counted, faults),
  };
};
