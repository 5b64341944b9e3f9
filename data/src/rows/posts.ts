import { type Plan, seeded } from '../plan.ts';
import { createRandom } from '../random.ts';
import { zipf } from '../zipf.ts';
import { createCorpus, text } from './phrases.ts';
import type { Row } from './row.ts';

/** Posts of generated users in generated threads: the discussions of the seed stay as they are. */
export function* posts(plan: Plan): Generator<Row> {
  const random = createRandom(plan.seed, 3);
  const corpus = createCorpus(random);
  for (let made = 1; made <= plan.rows.posts; made += 1) {
    const thread = seeded.threads + zipf(random, plan.rows.threads);
    const user = seeded.users + zipf(random, plan.rows.users);
    yield [seeded.posts + made, thread, text(random, corpus), user];
  }
}
