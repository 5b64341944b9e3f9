// What every platform has to say alike of a component, however it says it.
import { z } from 'zod';

/** One of ours, as a platform's manifests have it. */
export interface ComponentFacts {
  /** Without registry and tag. */
  image: string;
  /** Where it answers requests. */
  port: number;
  /** Who is asked whether it is ready: port and path. */
  readiness: string;
  /** Variables that say what the component is to do, with their values; of files only the names. */
  variables: Record<string, string>;
  /** The limits. */
  cpus: number;
  memoryMiB: number;
  /** Whether it is killed only after it has had all the time that it takes to drain. */
  mayDrain: boolean;
}

export interface DatabaseFacts {
  image: string;
  command: string;
  initdb: string;
  cpus: number;
  memoryMiB: number;
}

export interface MigrationFacts {
  image: string;
  command: string;
  variables: readonly string[];
}

/** All that one platform runs. */
export interface Facts {
  components: Record<string, ComponentFacts>;
  databases: Record<string, DatabaseFacts>;
  migrations: Record<string, MigrationFacts>;
}

export const components = ['monolith', 'gateway', 'users', 'threads', 'posts'] as const;
export const owners = ['monolith', 'users', 'threads', 'posts'] as const;

/** How a platform runs a component, not what it does: these may differ. */
const ofThePlatform =
  /^(LOG_LEVEL|FAULTS|CONTROL_(PORT|TOKEN)|(ADMIN_)?HOST|DRAIN_(DELAY|TIMEOUT)_MS|INSTANCE|OTEL_.*|NODE_OPTIONS)$/;

/** A file's place differs from platform to platform; that there is one does not. */
export const variablesOf = (environment: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment)
      .filter(([name]) => !ofThePlatform.test(name))
      .map(([name, value]): [string, string] => [name, name.endsWith('_FILE') ? 'a file' : value])
      .sort(([one], [other]) => one.localeCompare(other)),
  );

/** As kit/src/config.ts has them. */
const drainDefaults = { DRAIN_DELAY_MS: '0', DRAIN_TIMEOUT_MS: '5000' };

export const drainSeconds = (environment: Record<string, string>): number => {
  const { DRAIN_DELAY_MS, DRAIN_TIMEOUT_MS } = { ...drainDefaults, ...environment };
  return (Number(DRAIN_DELAY_MS) + Number(DRAIN_TIMEOUT_MS)) / 1000;
};

/** `cleave/posts` of `${REGISTRY:-}cleave/posts:${TAG:-local}`; what is taken when a variable is not set. */
export const imageOf = (image: string): string =>
  withDefaults(image).replace(/^cleave\/([^:]+):.*$/, 'cleave/$1');

export const withDefaults = (text: string): string => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

const units: Record<string, number> = { k: 1 / 1024, m: 1, g: 1024, Ki: 1 / 1024, Mi: 1, Gi: 1024 };

/** `256m`, `256M` (Docker's, binary too), `256Mi`, `1Gi` in MiB. */
export const mebibytes = (text: string): number => {
  const [, amount, unit] = /^(\d+)([kmg]|[KMG]i?)$/.exec(text) ?? [];
  const factor = units[unit ?? ''] ?? units[(unit ?? '').toLowerCase()];
  if (amount === undefined || factor === undefined) throw new Error(`${text} is no amount of memory`);
  return Number(amount) * factor;
};

/** `500m`, `"0.5"`, `2`. */
export const cpusOf = (text: string | number): number =>
  typeof text === 'string' && text.endsWith('m') ? Number(text.slice(0, -1)) / 1000 : Number(text);

/** YAML has numbers where a process gets text. */
export const environment = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .default({});
