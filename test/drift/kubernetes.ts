import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { root } from '../architecture/sources.ts';
import * as facts from './facts.ts';

const container = z.object({
  name: z.string(),
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  readinessProbe: z
    .object({ httpGet: z.object({ path: z.string(), port: z.string() }).optional() })
    .optional(),
  lifecycle: z.object({ preStop: z.object({ sleep: z.object({ seconds: z.number() }) }) }).optional(),
  resources: z.object({ limits: z.object({ cpu: z.string(), memory: z.string() }) }).optional(),
});
type Container = z.infer<typeof container>;

const workload = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        terminationGracePeriodSeconds: z.number().optional(),
        containers: z.array(container).default([]),
      }),
    }),
  }),
});
type Workload = z.infer<typeof workload>;

const read = (name: string): Workload[] =>
  parseAllDocuments(readFileSync(`${root}/deploy/k8s/base/${name}.yaml`, 'utf8')).flatMap((document) => {
    const parsed = workload.safeParse(document.toJS());
    return parsed.success ? [parsed.data] : [];
  });

/** A workload with the patches that the base lays over it, as kustomize merges what is read here. */
const merged = (file: string, kind: string, name: string, patches: readonly string[]) => {
  const own = read(file).find(({ kind: is, metadata }) => is === kind && metadata.name === name);
  if (own === undefined) throw new Error(`deploy/k8s/base/${file}.yaml has no ${kind} ${name}`);
  const parts = [...patches.flatMap((patch) => read(`shared/${patch}`)), own].map(
    ({ spec }) => spec.template.spec,
  );
  const containers = parts.flatMap((part) => part.containers);
  const last = <T>(of: (one: Container) => T | undefined): T | undefined =>
    containers.map(of).findLast((value) => value !== undefined);
  return {
    image: last(({ image }) => image) ?? '',
    command: last(({ command }) => command) ?? last(({ args }) => args) ?? [],
    ports: new Map(
      containers.flatMap(({ ports }) =>
        ports.map((port): [string, number] => [port.name, port.containerPort]),
      ),
    ),
    environment: Object.fromEntries(
      containers.flatMap(({ env }) => env.map((one): [string, string] => [one.name, one.value])),
    ),
    readiness: last(({ readinessProbe }) => readinessProbe?.httpGet),
    preStop: last(({ lifecycle }) => lifecycle?.preStop.sleep.seconds) ?? 0,
    grace:
      parts.map((part) => part.terminationGracePeriodSeconds).findLast((value) => value !== undefined) ?? 30,
    // the base's own limits are for the odd one out: the patch of sizes leaves that one alone
    limits:
      own.spec.template.spec.containers.find(({ resources }) => resources)?.resources?.limits ??
      last(({ resources }) => resources?.limits),
  };
};

const limitsOf = (
  limits: { cpu: string; memory: string } | undefined,
): { cpus: number; memoryMiB: number } => ({
  cpus: facts.cpusOf(limits?.cpu ?? ''),
  memoryMiB: facts.mebibytes(limits?.memory ?? ''),
});

const componentOf = (name: string): facts.ComponentFacts => {
  const patches = ['component', 'size', ...(name === 'gateway' ? [] : ['service'])];
  const { image, ports, environment, readiness, preStop, grace, limits } = merged(
    name,
    'Deployment',
    name,
    patches,
  );
  return {
    image: facts.imageOf(image),
    port: ports.get('http') ?? 0,
    readiness: `${ports.get(readiness?.port ?? '')}${readiness?.path}`,
    variables: facts.variablesOf(environment),
    ...limitsOf(limits),
    mayDrain: grace > preStop + facts.drainSeconds(environment),
  };
};

/** What the base of deploy/k8s runs. */
export const kubernetesFacts = (): facts.Facts => {
  const each = <T>(names: readonly string[], suffix: string, of: (name: string) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [`${name}${suffix}`, of(name)]));
  return {
    components: each(facts.components, '', componentOf),
    databases: each(facts.owners, '-db', (owner) => {
      const found = merged(`${owner}-db`, 'StatefulSet', `${owner}-db`, ['database', 'database-size']);
      return {
        image: found.image,
        command: found.command.join(' '),
        initdb: (found.environment.POSTGRES_INITDB_ARGS ?? '').trim(),
        ...limitsOf(found.limits),
      };
    }),
    migrations: each(facts.owners, '-migrate', (owner) => {
      const found = merged(owner, 'Job', `${owner}-migrate`, ['migration']);
      return {
        image: facts.imageOf(found.image),
        command: found.command.join(' '),
        variables: Object.keys(facts.variablesOf(found.environment)),
      };
    }),
  };
};
