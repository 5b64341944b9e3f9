import { type Plan, seeded } from '../plan.ts';
import { createRandom } from '../random.ts';
import { zipf } from '../zipf.ts';
import { title } from './phrases.ts';
import type { Row } from './row.ts';

/** Threads, started by generated users, some of whom start many. */
export function* threads(plan: Plan): Generator<Row> {
  const random = createRandom(plan.seed, 2);
  for (let made = 1; made <= plan.rows.threads; made += 1) {
    const createdBy = seeded.users + zipf(random, plan.rows.users);
    yield [seeded.threads + made, title(random), createdBy];
  }
}
