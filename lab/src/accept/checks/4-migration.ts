// 4. The seed exercise: a field is added to the user while two versions serve side by side.
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { Topology } from '../../environments/environment.ts';
import { replicasOf } from '../../faults/replicas.ts';
import type { Check, CheckContext, CheckResult } from '../check.ts';
import { describeFailures, sumOf } from '../count.ts';
import { alterCarelessly } from '../seed-exercise/control.ts';
import { type Exercised, exercise } from '../seed-exercise/exercise.ts';
import { buildExercise, type ExerciseImages } from '../seed-exercise/images.ts';
import { placeOf, undo } from '../seed-exercise/place.ts';

const topologies = ['microservices', 'monolith-replicated'] as const;

export const migration: Check = {
  name: 'migration',
  title: 'a field is added under load (seed exercise)',
  platforms: ['compose', 'swarm', 'kubernetes', 'ecs'],
  topologies,
  short: ['microservices'],
  async run(context): Promise<CheckResult> {
    const { platform, form, signal, say } = context;
    const chosen = form === 'full' ? topologies : topologies.slice(0, 1);
    const places = chosen.map((topology) => placeOf(platform, topology));
    const runners = [...new Set(places.map(({ runner }) => runner))];
    say('building the two versions of the exercise');
    const images = await buildExercise(platform.images, runners, randomBytes(3).toString('hex'), signal);
    try {
      const done: Exercised[] = [];
      for (const topology of chosen) done.push(await exerciseOn(context, topology, images));
      return verdict(done);
    } finally {
      await images.remove();
    }
  },
};

async function exerciseOn(
  context: CheckContext,
  topology: Topology,
  images: ExerciseImages,
): Promise<Exercised> {
  const { platform } = context;
  const place = placeOf(platform, topology);
  const deployment = platform.environment.deployment(topology);
  const { length: before } = await replicasOf(deployment, place.runner);
  // one replica would be replaced without a moment in which both versions take requests
  if (before < 2) await deployment.scale(place.runner, 2);
  try {
    const done = await exercise(context, place, images);
    if (topology !== 'microservices') return done;
    const control = await alterCarelessly(context, place);
    return { ...done, ok: done.ok && control.ok, saw: [...done.saw, ...control.saw] };
  } catch (error) {
    context.say(`${topology}: ${inspect(error)}`); // putting back may fail, too, and would hide it
    throw error;
  } finally {
    await platform.putBack(topology, place.runner);
    await undo(place);
    if (before < 2) await deployment.scale(place.runner, before);
  }
}

function verdict(done: readonly Exercised[]): CheckResult {
  const loads = done.map(({ load }) => load);
  const figures = sumOf(loads);
  const told = loads.map((load) => `${load.what}: ${describeFailures(load)}`);
  const ok = figures.failed === 0 && done.every(({ ok }) => ok);
  return { ok, saw: [...told, ...done.flatMap(({ saw }) => saw)], ...figures };
}
