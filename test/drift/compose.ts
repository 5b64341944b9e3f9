import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../architecture/sources.ts';
import * as facts from './facts.ts';
import { imageDefaults } from './image.ts';

const service = z.object({
  extends: z.object({ file: z.string().optional(), service: z.string() }).optional(),
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  cpus: z.number().optional(),
  mem_limit: z.string().optional(),
  stop_grace_period: z.string().optional(),
  environment: facts.environment,
  healthcheck: z.object({ test: z.unknown().optional() }).optional(),
});
type Service = z.infer<typeof service>;

const file = z.object({ services: z.record(z.string(), service) });

const read = (name: string): Record<string, Service> =>
  file.parse(parse(readFileSync(`${root}/deploy/compose/${name}`, 'utf8'))).services;

/** With all that it extends, as compose merges it: maps by key, the rest replaced. */
const whole = (name: string, from: Record<string, Service>): Service => {
  const own = from[name];
  if (own === undefined) throw new Error(`deploy/compose has no ${name}`);
  if (own.extends === undefined) return own;
  const { file: other, service: base } = own.extends;
  const below = whole(base, other === undefined ? from : read(other));
  return { ...below, ...own, environment: { ...below.environment, ...own.environment } };
};

const required = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`deploy/compose does not say ${what}`);
  return value;
};

const componentOf = (found: Service): facts.ComponentFacts => {
  const { port, readiness } = imageDefaults();
  return {
    image: facts.imageOf(required(found.image, 'an image')),
    port,
    readiness: found.healthcheck?.test === undefined ? readiness : 'another',
    variables: facts.variablesOf(found.environment),
    cpus: required(found.cpus, 'cpus'),
    memoryMiB: facts.mebibytes(required(found.mem_limit, 'mem_limit')),
    mayDrain:
      Number.parseInt(required(found.stop_grace_period, 'a grace period'), 10) >
      facts.drainSeconds(found.environment),
  };
};

/** What deploy/compose runs. */
export const composeFacts = (): facts.Facts => {
  const services = { ...read('monolith.yaml'), ...read('microservices.yaml') };
  const each = <T>(names: readonly string[], suffix: string, of: (found: Service) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [`${name}${suffix}`, of(whole(`${name}${suffix}`, services))]));
  return {
    components: each(facts.components, '', componentOf),
    databases: each(facts.owners, '-db', (found) => ({
      image: facts.withDefaults(required(found.image, 'an image')),
      command: required(found.command, 'a command').join(' '),
      initdb: required(found.environment.POSTGRES_INITDB_ARGS, 'POSTGRES_INITDB_ARGS').trim(),
      cpus: required(found.cpus, 'cpus'),
      memoryMiB: facts.mebibytes(required(found.mem_limit, 'mem_limit')),
    })),
    migrations: each(facts.owners, '-migrate', (found) => ({
      image: facts.imageOf(required(found.image, 'an image')),
      command: required(found.command, 'a command').join(' '),
      variables: Object.keys(facts.variablesOf(found.environment)),
    })),
  };
};
