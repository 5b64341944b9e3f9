import { z } from 'zod';

const profileSchema = z.object({
  profile: z.object({
    nodes: z.array(
      z.object({
        id: z.int(),
        callFrame: z.object({ functionName: z.string(), url: z.string() }),
        children: z.array(z.int()).default([]),
      }),
    ),
    samples: z.array(z.int()),
    timeDeltas: z.array(z.int()),
  }),
});

const native = 'native code: sockets, parsers, kernel';
const byName = new Map([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', native],
  ['(idle)', 'idle'],
]);

// the first that fits
const byUrl: readonly (readonly [RegExp, string])[] = [
  [
    /^node:(internal\/)?(_?http|net|_?stream|streams|stream_base|js_stream|dns|url)/,
    'Node: HTTP, sockets, streams',
  ],
  [/^node:/, 'Node: promises, timers, hooks'],
  [/node_modules\/(pg|pg-[\w-]+|postgres-\w+|kysely)\//, 'database client'],
  [/node_modules\/(@koa|koa[\w-]*|path-to-regexp|accepts|type-is|content-type)\//, 'Koa'],
  [/node_modules\/(pino|sonic-boom|quick-format-unescaped|safe-stable-stringify)\//, 'log'],
  [/node_modules\/prom-client\//, 'metrics'],
  [/node_modules\/zod\//, 'validation'],
  [/node_modules\/(undici|http-proxy|follow-redirects)\//, 'HTTP client'],
  [/node_modules\//, 'other packages'],
  [/\/(gateway|replicas|admission)\/src\//, 'ours: forwarding, replicas, admission'],
  [/\/kit\/src\//, 'ours: kit'],
  [/./, 'ours: modules'],
];

/**
 * The share of each kind of work in what a thread did while it was not idle, by a profile of V8. Functions without a
 * file of their own, which are native, count for what called them.
 */
export function sharesOf(stopped: unknown): Map<string, number> {
  const { nodes, samples, timeDeltas } = profileSchema.parse(stopped).profile;
  const kinds = new Map<number, string>();
  const parents = new Map(nodes.flatMap(({ id, children }) => children.map((child) => [child, id] as const)));
  // a parent comes before its children
  for (const { id, callFrame } of nodes) {
    const own =
      byName.get(callFrame.functionName) ?? byUrl.find(([pattern]) => pattern.test(callFrame.url))?.[1];
    kinds.set(id, own ?? kinds.get(parents.get(id) ?? 0) ?? native);
  }
  const micros = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const kind = kinds.get(id) ?? 'idle';
    micros.set(kind, (micros.get(kind) ?? 0) + (timeDeltas[index] ?? 0));
  }
  micros.delete('idle');
  const all = [...micros.values()].reduce((sum, one) => sum + one, 0);
  return new Map([...micros].map(([kind, one]) => [kind, one / all]));
}
