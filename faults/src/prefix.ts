import { z } from 'zod';

/** A path of whole plain segments, without a slash at the end; `/` is every path. */
export const prefix = z.string().regex(/^\/$|^(?:\/[\w.~-]+)+$/, 'must be whole plain path segments');

/** The value of the longest of these prefixes that `path`, as it was sent, is or lies below. */
export function matchPrefix<T>(values: ReadonlyMap<string, T>, path: string): T | undefined {
  let best: string | undefined;
  for (const each of values.keys()) {
    const covers = each === '/' || path === each || path.startsWith(`${each}/`);
    if (covers && each.length > (best?.length ?? 0)) best = each;
  }
  return best === undefined ? undefined : values.get(best);
}
