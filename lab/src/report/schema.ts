import { z } from 'zod';
import { mainTopologies } from '../environments/environment.ts';
import { phases } from '../trial/phases.ts';

export const faults = ['kill', 'hang'] as const;

const topology = z.enum(mainTopologies);
const fault = z.enum(faults);
const phase = z.enum(phases);
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const milliseconds = z.number().min(0);
const epochMs = z.number().positive();

const cell = z
  .strictObject({
    topology,
    fault,
    route: z
      .string()
      .describe('method and pattern as in openapi.yaml; in `pooled`, the name of a group of routes'),
    phase,
    requests: count.describe('requests that started in this phase, over all trials'),
    failed: count.describe(
      'of these: no answer within the time limit, a broken one, or not the status expected',
    ),
    degraded: count.describe('of the answered ones: said that a part is missing'),
    late: count.describe('of the answered ones: only after the fault had been removed; 0 in other phases'),
    statuses: z.record(z.string(), count).describe('requests by HTTP status; "0" is no answer'),
    availability: share.nullable().describe('answered / requests; null without requests'),
    availabilityCi: z.tuple([share, share]).nullable().describe('95 % interval, see docs/report-schema.md'),
    availabilityByTrial: z.array(share.nullable()).describe('one per trial, in order of trials'),
    p50Ms: milliseconds.nullable().describe('median latency of the answered requests; null when none was'),
    p99Ms: milliseconds.nullable(),
    p50MsByTrial: z.array(milliseconds.nullable()),
    recoverySeconds: z
      .number()
      .min(0)
      .nullable()
      .describe('median over trials, of this fault and route (the same in its three cells); null: not seen'),
    recoverySecondsByTrial: z.array(z.number().min(0).nullable()),
  })
  .describe('one route under one fault in one phase');

const timeline = z
  .strictObject({
    topology,
    fault,
    route: z.string(),
    second: z.array(z.int()).describe('seconds since the fault began; all trials laid over each other'),
    requests: z.array(count),
    failed: z.array(count),
    degraded: z.array(count),
    p50Ms: z.array(milliseconds.nullable()),
    p99Ms: z.array(milliseconds.nullable()),
  })
  .describe('one route through one fault, second by second, in columns of equal length');

const curve = z
  .strictObject({ topology, fault, route: z.string(), phase, answered: z.array(share) })
  .describe('share of all requests answered within each of boundsMs: a curve that ends at the availability');

const faultMark = z.strictObject({
  fault,
  beganAtMs: epochMs.describe('the fault was asked for'),
  seenAtMs: epochMs.describe('the fault was seen to have happened'),
  removedAtMs: epochMs.describe('its removal was asked for'),
  backAtMs: epochMs.describe('the component answered again'),
  evidence: z.string().describe('how the fault was seen'),
});

const run = z
  .strictObject({
    trial: z.int().min(1),
    topology,
    startedAt: z.iso.datetime(),
    samples: z.string().describe('file with every request, beside report.json'),
    requests: count,
    edgeRequests: count.describe('left out: sent from 100 ms before a fault was asked for until it was seen'),
    faults: z.array(faultMark),
  })
  .describe('one trial, in the order in which they were run');

/** What `npm run compare` writes to report.json. Times in milliseconds or seconds as the names say. */
export const reportSchema = z.strictObject({
  generatedAt: z.iso.datetime(),
  commit: z.string().describe('of this project; "-dirty" when files had been changed'),
  environment: z.string(),
  budgets: z.string().describe('how CPU and memory were limited'),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.int().min(1),
    memoryGiB: z.number().positive(),
    os: z.string(),
    node: z.string(),
    busyBefore: share.describe('share of all cores that was busy in a second just before the run'),
  }),
  engine: z.strictObject({ name: z.string(), version: z.string() }).describe('the load generator'),
  preview: z.boolean().describe('true: made with a generator that is not open-loop; not evidence'),
  command: z.string().describe('repeats this run'),
  rate: z.number().positive().describe('requests a second, constant'),
  trials: z.int().min(1).describe('of each topology (the fewer, when some were given up as void)'),
  trialsPlanned: z.int().min(1),
  faults: z.array(fault),
  target: z.record(topology, z.string()).describe('the component that was broken'),
  seconds: z.strictObject({
    warmUp: z.number(),
    baseline: z.number(),
    fault: z.number(),
    recovery: z.number(),
  }),
  warnings: z.array(z.string()).describe('what makes the numbers doubtful, in sentences'),
  voidTrials: z.array(z.strictObject({ trial: z.int().min(1), topology, reason: z.string() })),
  runs: z.array(run),
  cells: z.array(cell),
  pooled: z.array(cell).describe('the same for groups of routes'),
  timelines: z.array(timeline),
  boundsMs: z.array(milliseconds),
  distributions: z.array(curve),
});

export { type MainTopology, mainTopologies } from '../environments/environment.ts';
export type { Phase } from '../trial/phases.ts';
export type Fault = z.infer<typeof fault>;
export type Cell = z.infer<typeof cell>;
export type Timeline = z.infer<typeof timeline>;
export type Curve = z.infer<typeof curve>;
export type FaultMark = z.infer<typeof faultMark>;
export type Run = z.infer<typeof run>;
export type Report = z.infer<typeof reportSchema>;
