import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../architecture/sources.ts';
import * as facts from './facts.ts';
import { imageDefaults } from './image.ts';

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).default([]),
  stop_grace_period: z.string().optional(),
  environment: facts.environment,
  healthcheck: z.object({ test: z.unknown().optional() }).optional(),
  deploy: z.object({
    resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }),
  }),
});
type Service = z.infer<typeof service>;

const read = (name: string): Record<string, Service> =>
  z
    .object({ services: z.record(z.string(), service) })
    .parse(parse(readFileSync(`${root}/deploy/swarm/${name}`, 'utf8'), { merge: true })).services;

const limitsOf = ({ deploy }: Service): { cpus: number; memoryMiB: number } => ({
  cpus: facts.cpusOf(deploy.resources.limits.cpus),
  memoryMiB: facts.mebibytes(deploy.resources.limits.memory),
});

const componentOf = (found: Service): facts.ComponentFacts => {
  const { port, readiness } = imageDefaults();
  return {
    image: facts.imageOf(found.image),
    port,
    readiness: found.healthcheck?.test === undefined ? readiness : 'another',
    variables: facts.variablesOf(found.environment),
    ...limitsOf(found),
    mayDrain: Number.parseInt(found.stop_grace_period ?? '10s', 10) > facts.drainSeconds(found.environment),
  };
};

/** What deploy/swarm runs. */
export const swarmFacts = (): facts.Facts => {
  const services = { ...read('monolith.yaml'), ...read('stack.yaml') };
  const each = <T>(names: readonly string[], suffix: string, of: (found: Service) => T): Record<string, T> =>
    Object.fromEntries(
      names.map((name) => {
        const found = services[`${name}${suffix}`];
        if (found === undefined) throw new Error(`deploy/swarm has no ${name}${suffix}`);
        return [`${name}${suffix}`, of(found)];
      }),
    );
  return {
    components: each(facts.components, '', componentOf),
    databases: each(facts.owners, '-db', (found) => ({
      image: facts.withDefaults(found.image),
      command: found.command.join(' '),
      initdb: (found.environment.POSTGRES_INITDB_ARGS ?? '').trim(),
      ...limitsOf(found),
    })),
    migrations: each(facts.owners, '-migrate', ({ image, command, environment }) => ({
      image: facts.imageOf(image),
      command: command.join(' '),
      variables: Object.keys(facts.variablesOf(environment)),
    })),
  };
};
