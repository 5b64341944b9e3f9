import type { Random } from '../random.ts';
import { actions, adjectives, closers, nouns, openers, type Some, sentences } from './words.ts';

const corpusSize = 4_096;

/** Sentences to compose texts from: made once, since composing each word anew would take most of the time. */
export type Corpus = Some<string>;

export function createCorpus(random: Random): Corpus {
  const more = Array.from({ length: corpusSize - 1 }, () => sentence(random));
  return [sentence(random), ...more];
}

/** Text of several sentences, most often one or two, seldom a hundred; at most about 9,000 characters. */
export function text(random: Random, corpus: Corpus): string {
  const count = Math.min(100, Math.floor(1.3 / Math.sqrt(1 - random.fraction())));
  let written = random.pick(corpus);
  for (let more = 1; more < count; more += 1) {
    written += (more % 5 === 0 ? '\n\n' : ' ') + random.pick(corpus);
  }
  return written;
}

export const title = (random: Random): string => {
  const thing = `${random.pick(adjectives)} ${random.pick(nouns)}`;
  const article = /^[aeiou]/.test(thing) ? 'an' : 'a';
  return random.pick([
    () => `Who has seen the ${thing}?`,
    () => `Looking for ${article} ${thing}`,
    () => `How do you look after ${article} ${thing}?`,
    () => `The ${thing} ${random.pick(actions)} ${random.pick(closers)}`,
    () => `${random.pick(openers)}: ${thing} or ${random.pick(adjectives)} ${random.pick(nouns)}?`,
    () => `Show your ${thing} 📷`,
    () => `„${thing}“ – wer weiß mehr darüber?`,
  ])();
};

function sentence(random: Random): string {
  if (random.chance(8)) return random.pick(sentences);
  const main = `the ${random.pick(adjectives)} ${random.pick(nouns)} ${random.pick(actions)}`;
  const opened = random.chance(40) ? `${random.pick(openers)}, ${main}` : main;
  const closed = random.chance(50) ? `${opened} ${random.pick(closers)}` : opened;
  return `${closed.charAt(0).toUpperCase()}${closed.slice(1)}${random.pick(['.', '.', '.', '!', '?', '…'])}`;
}
