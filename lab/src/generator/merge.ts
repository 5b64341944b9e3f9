// Several generators' samples of one load as those of one.
import { readSamples, type Sample } from './samples.ts';

/** Yields the samples of all files, always the one that is the earliest among the next of each. */
export async function* mergeSamples(files: readonly string[]): AsyncGenerator<Sample> {
  const sources = files.map((file) => readSamples(file));
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let earliest = -1;
    let timeMs = Number.POSITIVE_INFINITY;
    for (const [index, head] of heads.entries()) {
      if (head.done || head.value.timeMs >= timeMs) continue;
      earliest = index;
      timeMs = head.value.timeMs;
    }
    const head = heads[earliest];
    const source = sources[earliest];
    if (!head || head.done || !source) return;
    yield head.value;
    heads[earliest] = await source.next();
  }
}
