// One trial: the change is built where there are images, rolled out under load, and taken back.
import { randomBytes } from 'node:crypto';
import {
  type Deployment,
  type ServiceName,
  sameVersion,
  type Version,
} from '../../environments/environment.ts';
import { waitUntilWell } from '../../trial/settle.ts';
import type { Context } from '../experiment.ts';
import { changedText, copySources } from './change.ts';
import { type Build, buildChange } from './images.ts';
import type { RollRecord } from './record.ts';
import { RATE, rollUnderLoad } from './roll.ts';
import { loadSeconds, type RollSlot } from './slots.ts';

const READY_WITHIN_MS = 60_000;
const NO_SUCH_POST = 2_147_483_647;

export async function runTrial(slot: RollSlot, context: Context): Promise<RollRecord> {
  const { environment, options, signal } = context;
  const { topology, trial } = slot;
  const deployment = environment.deployment(topology);
  const mark = `delivery-${randomBytes(4).toString('hex')}`;
  const ours = await servicesOf(deployment);
  const build = environment.name === 'compose' ? await buildInCopy(ours, mark, signal) : undefined;
  try {
    const services = build ? ours.filter((name) => isChanged(build, name)) : [deployment.serving('posts')];
    const version = (name: ServiceName): Version => ({
      name: mark,
      env: { INSTANCE: mark },
      ...(build && { image: build.tagOf(name) }),
    });
    const samples = `samples/${slot.id}.csv.gz`;
    const seconds = loadSeconds(topology, options);
    await waitUntilWell(deployment.baseUrl, signal);
    const order = { services, version, mark, seconds, samples, seed: options.seed + trial };
    const rolled = await rollUnderLoad(context, deployment, order);
    if (build) await requireChange(deployment, mark);
    const images = build?.images ?? null;
    return {
      kind: 'roll',
      topology,
      environment: environment.name,
      trial,
      images,
      services,
      rate: RATE,
      samples,
      ...rolled,
    };
  } finally {
    await takeBack(deployment);
    await build?.remove();
  }
}

async function servicesOf(deployment: Deployment): Promise<ServiceName[]> {
  const parts = await deployment.parts();
  const names = ['monolith', 'gateway', 'users', 'threads', 'posts'] as const;
  return names.filter((name) => parts.some((part) => part.name === name));
}

async function buildInCopy(
  components: readonly ServiceName[],
  mark: string,
  signal: AbortSignal,
): Promise<Build> {
  const copy = await copySources();
  return buildChange(copy, components, mark, signal).finally(() => copy.remove());
}

const isChanged = ({ images }: Build, name: string): boolean =>
  images.some(({ component, newLayers }) => component === name && newLayers > 0);

/** @throws Error when it is not the changed code that answers */
async function requireChange({ baseUrl }: Deployment, mark: string): Promise<void> {
  const answer = await fetch(`${baseUrl}/api/posts/${NO_SUCH_POST}`, { method: 'DELETE' });
  const text = await answer.text();
  if (!text.includes(changedText(NO_SUCH_POST, mark))) throw new Error(`the change is not served: ${text}`);
}

/** Puts the version of today back in place of whatever runs. */
export async function takeBack(deployment: Deployment): Promise<void> {
  await deployment.deploy(deployment.serving('posts'), sameVersion, READY_WITHIN_MS);
}
