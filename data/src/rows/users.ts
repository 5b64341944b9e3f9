import { type Plan, seeded } from '../plan.ts';
import { createRandom } from '../random.ts';
import { createCorpus } from './phrases.ts';
import type { Row } from './row.ts';
import { adjectives, familyNames, givenNames, nouns } from './words.ts';

/** Users. A username ends in the user's id, so it is unique and none of the seed's. */
export function* users(plan: Plan): Generator<Row> {
  const random = createRandom(plan.seed, 1);
  const corpus = createCorpus(random);
  for (let made = 1; made <= plan.rows.users; made += 1) {
    const id = seeded.users + made;
    const username = `${random.pick(adjectives)}${random.pick(['.', '-', '_'])}${random.pick(nouns)}${id}`;
    const name = `${random.pick(givenNames)} ${random.pick(familyNames)}`;
    const bio = random.chance(40) ? '' : random.pick(corpus);
    yield [id, username, name, bio];
  }
}
