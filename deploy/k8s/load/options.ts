import { parseArgs } from 'node:util';
import { z } from 'zod';

const count = z.coerce.number().int().min(1);
const schema = z.object({
  namespace: z.string().min(1),
  pods: count.max(100),
  /** Requests a second, all pods together. */
  rate: count,
  seconds: count,
  seed: count,
  /** As the pods see it. */
  'base-url': z.url(),
  out: z.string().min(1),
});
export type Options = z.infer<typeof schema>;

export const usage = `Usage: node deploy/k8s/load.ts [--namespace cleave-microservices] [--base-url http://gateway:8080]
         [--pods 4] [--rate 400] [--seconds 30] [--seed 1] [--out load-results]
`;

/** @returns undefined when the arguments cannot be used */
export function readOptions(args: string[]): Options | undefined {
  const defaults = {
    namespace: 'cleave-microservices',
    pods: '4',
    rate: '400',
    seconds: '30',
    seed: '1',
    'base-url': 'http://gateway:8080',
    out: 'load-results',
  };
  const asked = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args, options: asked });
    return schema.parse({ ...defaults, ...values });
  } catch {
    return undefined;
  }
}
