// Rolls a version out under load.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Deployment,
  modules,
  type Part,
  type ServiceName,
  type Version,
} from '../../environments/environment.ts';
import { paceProblem, underLoad } from '../../trial/under-load.ts';
import { waitUntil } from '../../trial/wait.ts';
import { type Context, Void } from '../experiment.ts';
import { firstAnswerBy } from './first-answer.ts';
import type { RollRecord } from './record.ts';

/** Requests a second: enough to see a gap of a second, and to leave the machine to the rollout. */
export const RATE = 50;
const READY_WITHIN_MS = 60_000;
/** Of load before the order, and after the last old replica is gone. */
export const BEFORE_MS = 5_000;
export const AFTER_MS = 3_000;

export interface Order {
  services: readonly ServiceName[];
  /** The version of a service; all are started with INSTANCE set to `mark`, so that answers tell who gave them. */
  version: (service: ServiceName) => Version;
  mark: string;
  /** How long the load lasts. */
  seconds: number;
  samples: string;
  seed: number;
}

type Rolled = Pick<
  RollRecord,
  'orderedAtMs' | 'answeredAtMs' | 'rolledAtMs' | 'restarted' | 'modules' | 'processes'
>;

/** @throws Void when the load was not kept up or the version was taken back */
export async function rollUnderLoad(context: Context, deployment: Deployment, order: Order): Promise<Rolled> {
  const samplesFile = join(context.folder, order.samples);
  await mkdir(dirname(samplesFile), { recursive: true });
  const before = await deployment.parts();
  const { baseUrl } = deployment;
  const load = { baseUrl, rate: RATE, seconds: order.seconds, seed: order.seed, samplesFile };
  const roll = async (startMs: number, signal: AbortSignal) => {
    await waitUntil(startMs + BEFORE_MS, signal);
    const orderedAtMs = Date.now();
    const answered = firstAnswerBy(order.mark, baseUrl, signal);
    const [answeredAtMs] = await Promise.all([answered, deployAll(deployment, order)]);
    const rolledAtMs = Date.now();
    if (rolledAtMs + AFTER_MS > startMs + order.seconds * 1_000)
      throw new Void('the rollout outlasted the load');
    return { orderedAtMs, answeredAtMs, rolledAtMs };
  };
  const { result, value } = await underLoad(context.generator, load, roll, context.signal);
  const problem = paceProblem(result);
  if (problem !== undefined) throw new Void(problem);
  return { ...value, ...(await changesSince(before, deployment)) };
}

async function deployAll(deployment: Deployment, { services, version }: Order): Promise<void> {
  for (const service of services) {
    const { outcome } = await deployment.deploy(service, version(service), READY_WITHIN_MS);
    if (outcome !== 'deployed') throw new Void(`${service} was ${outcome}`);
  }
}

/** Which processes are new. */
async function changesSince(before: readonly Part[], deployment: Deployment) {
  const old = new Set(before.flatMap(({ replicas }) => replicas.map(({ pid }) => pid)));
  const parts = await deployment.parts();
  const restarted = parts
    .map(({ name, replicas }) => ({
      part: name,
      processes: replicas.filter(({ pid }) => !old.has(pid)).length,
    }))
    .filter(({ processes }) => processes > 0);
  const ours = parts.filter(({ kind }) => kind !== 'database');
  return {
    restarted,
    modules: modules.filter((module) => restarted.some(({ part }) => part === deployment.serving(module))),
    processes: ours.reduce((sum, { replicas }) => sum + replicas.length, 0),
  };
}
