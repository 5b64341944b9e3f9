// A running Prometheus, asked over its HTTP API.
import { z } from 'zod';

const answered = z.object({ status: z.literal('success'), data: z.unknown() });
const labels = z.record(z.string(), z.string());
const matrix = z.object({
  result: z.array(z.object({ metric: labels, values: z.array(z.tuple([z.number(), z.string()])) })),
});
const vector = z.object({
  result: z.array(z.object({ metric: labels, value: z.tuple([z.number(), z.string()]) })),
});
const targets = z.object({
  activeTargets: z.array(z.object({ labels, health: z.string(), lastError: z.string() })),
});
const alerts = z.object({
  alerts: z.array(z.object({ labels, state: z.enum(['pending', 'firing', 'inactive']) })),
});

export type Labels = z.infer<typeof labels>;

export interface Prometheus {
  /** The series that have a number at some time of the last `seconds`. */
  range(expr: string, seconds: number): Promise<Labels[]>;
  /** What an expression gives now, by its labels. */
  now(expr: string): Promise<{ labels: Labels; value: number }[]>;
  /** Each selector of metrics in an expression, as an expression of its own. */
  selectors(expr: string): Promise<string[]>;
  targets(): Promise<z.infer<typeof targets>['activeTargets']>;
  firing(): Promise<Labels[]>;
}

export function askPrometheus(url: string): Prometheus {
  const get = async <T>(path: string, query: Record<string, string>, data: z.ZodType<T>): Promise<T> => {
    const answer = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(query)}`);
    const body = await answer.text();
    if (!answer.ok) throw new Error(`Prometheus answers ${answer.status} to ${query.query ?? path}: ${body}`);
    return data.parse(answered.parse(JSON.parse(body)).data);
  };
  return {
    async range(expr, seconds) {
      const end = Date.now() / 1_000;
      const query = { query: expr, start: String(end - seconds), end: String(end), step: '5' };
      const { result } = await get('query_range', query, matrix);
      const numbers = result.filter(({ values }) => values.some(([, value]) => value !== 'NaN'));
      return numbers.map(({ metric }) => metric);
    },
    async now(expr) {
      const { result } = await get('query', { query: expr }, vector);
      return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    },
    selectors: async (expr) => selectorsIn(await get('parse_query', { query: expr }, z.unknown())),
    targets: async () => (await get('targets', { state: 'active' }, targets)).activeTargets,
    async firing() {
      const { alerts: all } = await get('alerts', {}, alerts);
      return all.filter(({ state }) => state === 'firing').map((alert) => alert.labels);
    },
  };
}

const selector = z.object({
  type: z.literal('vectorSelector'),
  matchers: z.array(z.object({ name: z.string(), type: z.string(), value: z.string() })),
});

/** The selectors in a parsed expression, at whatever depth. */
function selectorsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { success, data } = selector.safeParse(node);
  if (!success) return Object.values(node).flatMap(selectorsIn);
  return [`{${data.matchers.map(({ name, type, value }) => name + type + JSON.stringify(value)).join(',')}}`];
}
