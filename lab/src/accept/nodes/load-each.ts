import type { CheckContext } from '../check.ts';
import type { LoadOrder, LoadResult } from '../load.ts';

/** Puts several loads on at the same time while something happens, which begins when the last of them has begun. */
export async function loadEach<T>(
  context: CheckContext,
  [first, ...rest]: readonly LoadOrder[],
  meanwhile: () => Promise<T>,
): Promise<{ loads: LoadResult[]; value: T }> {
  if (first === undefined) return { loads: [], value: await meanwhile() };
  const { value: inner, ...load } = await context.load(first, () => loadEach(context, rest, meanwhile));
  return { loads: [load, ...inner.loads], value: inner.value };
}
