// A field is added to the users while they are read and written: expand, deploy, contract, and back.
import { within } from '../../environments/within.ts';
import { waitUntil } from '../../trial/wait.ts';
import type { CheckContext } from '../check.ts';
import type { LoadResult } from '../load.ts';
import { mustRoll } from '../roll.ts';
import type { ExerciseImages } from './images.ts';
import { beginLongRead, type Place } from './place.ts';
import { hasField, usesField, watchShapes } from './shapes.ts';

export const loads = {
  full: { rate: 250, seconds: 40 },
  short: { rate: 60, seconds: 20 },
} as const;
/** Writes of users, and whatever needs them. */
export const only = [
  'GET /api/users',
  'GET /api/users/:userId',
  'POST /api/users',
  'PATCH /api/users/:userId',
  'GET /api/threads/:threadId/discussion',
  'POST /api/posts',
];
const BEFORE_MS = 2_000;
const READ_SECONDS = 5;
const SETTLED_WITHIN_MS = 10_000;

export interface Exercised {
  ok: boolean;
  saw: string[];
  load: LoadResult;
}

/** Does all of it under one load, the version before serving again at its end. */
export async function exercise(
  context: CheckContext,
  place: Place,
  images: ExerciseImages,
): Promise<Exercised> {
  const { platform, topology, runner, sql } = place;
  const { baseUrl } = platform.environment.deployment(topology);
  const order = { what: `exercise-${topology}`, topology, ...loads[context.form], only };
  const load = await context.load(order, async ({ startMs, endMs, signal }) => {
    const tools = { platform, topology, signal };
    await waitUntil(startMs + BEFORE_MS, signal);
    const read = await beginLongRead(place, READ_SECONDS, signal);
    const expanded = await timed(() => platform.migrate(topology, runner, images.imageOf(runner, 'expand')));
    await read.ended;
    context.say(`${topology}: the column is there after ${expanded.toFixed(1)} s`);
    const watch = watchShapes(baseUrl);
    const deployed = await mustRoll(tools, runner, ['--to', images.tagOf('expand')]).finally(() =>
      watch.end(),
    );
    const shapes = await watch.end();
    context.say(`${topology}: both versions served for ${shapes.sideBySideSeconds.toFixed(1)} s`);
    // a load balancer may still send a last request to what it was told to leave, and close what it kept open
    const isUsed = await within(SETTLED_WITHIN_MS, () => usesField(baseUrl));
    const contracted = await timed(() =>
      platform.migrate(topology, runner, images.imageOf(runner, 'contract')),
    );
    const isValid = (await sql(validated)) === 't';
    await mustRoll(tools, runner, ['--back']);
    const isBack = await within(SETTLED_WITHIN_MS, async () => (await hasField(baseUrl)) === false);
    const isSeen = Date.now() < endMs;
    return { expanded, deployed, shapes, isUsed, contracted, isValid, isBack, isSeen };
  });
  const { expanded, deployed, shapes, isUsed, contracted, isValid, isBack, isSeen } = load.value;
  const isSideBySide = shapes.sideBySideSeconds > 0 && shapes.failed === 0;
  return {
    ok: isSideBySide && isUsed && isValid && isBack && isSeen,
    saw: [
      `${topology}: expand took ${expanded.toFixed(1)} s beside a transaction that had the table for ${READ_SECONDS} s`,
      `${topology}: deployed in ${deployed.seconds.toFixed(1)} s; old and new answered side by side for ` +
        `${shapes.sideBySideSeconds.toFixed(1)} s (${shapes.withoutField} answers without the field, ${shapes.withField} with it)`,
      `${topology}: the field ${isUsed ? 'is' : 'is NOT'} written, read and changed`,
      `${topology}: contract took ${contracted.toFixed(1)} s and ${isValid ? 'holds' : 'does NOT hold'} for every row`,
      `${topology}: after the rollback the version before ${isBack ? 'serves' : 'does NOT serve'} on the new schema`,
      ...(isSeen ? [] : [`${topology}: the load ended before all of this did`]),
    ],
    load,
  };
}

const validated = `select convalidated from pg_constraint where conname = 'users_pronouns_given';`;

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}
