import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { sizes } from '../../aws/src/components/components.ts';
import { root } from '../architecture/sources.ts';
import * as facts from './facts.ts';

const value = z.union([z.string(), z.number(), z.array(z.unknown())]);
const container = z.object({
  Image: z.unknown(),
  User: z.string(),
  Command: z.array(z.string()).default([]),
  ReadonlyRootFilesystem: z.boolean(),
  StopTimeout: z.number().default(30),
  PortMappings: z.array(z.object({ ContainerPort: z.number() })).default([]),
  HealthCheck: z.object({ Command: z.array(z.string()) }).optional(),
  Environment: z.array(z.object({ Name: z.string(), Value: value })),
  Secrets: z.array(z.object({ Name: z.string() })),
});

const template = z.object({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.union([z.string(), z.number()]).optional() })),
  Mappings: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))))
    .default({}),
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
export type Template = z.infer<typeof template>;

/** A template with CloudFormation's own tags left as what they stand before: `!Ref Pool` is `Pool`. */
export const readTemplate = (name: string): Template =>
  template.parse(parse(readFileSync(`${root}/deploy/ecs/${name}.yaml`, 'utf8'), { logLevel: 'error' }));

/** The properties of a template's resource, as far as `shape` asks for them. */
export const propertiesOf = <T>(from: Template, resource: string, shape: z.ZodType<T>): T =>
  shape.parse(from.Resources[resource]?.Properties);

/** The one container of a template's task. */
export const containerOf = (from: Template): z.infer<typeof container> => {
  const [only] = propertiesOf(
    from,
    'Task',
    z.object({ ContainerDefinitions: z.array(container).length(1) }),
  ).ContainerDefinitions;
  if (only === undefined) throw new Error('the task has no container');
  return only;
};

export type Owner = (typeof facts.owners)[number];

/** A variable as the task has it; a URL with its password beside it is what a file with a URL is elsewhere. */
const textOf = (from: Template, given: z.infer<typeof value>, owner: Owner): string => {
  if (given === 'Pool') return String(sizes[owner].pool * sizes[owner].tasks);
  if (!Array.isArray(given)) return String(given);
  const [index, list] = given;
  if (typeof index !== 'number' || !Array.isArray(list)) return 'a file';
  return String(from.Parameters[String(list[1])]?.Default).split(String(list[0]))[index] ?? '';
};

/** By what a database's URL and password are named here, and as one file on the other platforms. */
const inFiles = (name: string): string => (/^DATABASE_(\w+_)?URL$/.test(name) ? `${name}_FILE` : name);

/** What all tasks of a component are, and what they have together. */
export const componentOf = (owner: Owner): facts.ComponentFacts => {
  const service = readTemplate('service');
  const task = containerOf(service);
  const { cpu, memoryMiB, tasks } = sizes[owner];
  const variables = task.Environment.map(({ Name, Value }): [string, string] => [
    inFiles(Name),
    textOf(service, Value, owner),
  ]);
  const { Port, HealthCheckPath } = propertiesOf(
    service,
    'Targets',
    z.object({ Port: z.number(), HealthCheckPath: z.string() }),
  );
  return {
    image: repositoryOf(owner),
    port: task.PortMappings[0]?.ContainerPort ?? 0,
    readiness: `${Port}${HealthCheckPath}`,
    variables: facts.variablesOf(Object.fromEntries(variables)),
    cpus: (cpu * tasks) / 1_024,
    memoryMiB: memoryMiB * tasks,
    mayDrain: task.StopTimeout > facts.drainSeconds(Object.fromEntries(variables)),
  };
};

const repositoryOf = (owner: Owner): string => {
  const registry = readTemplate('registry');
  const resource = owner.charAt(0).toUpperCase() + owner.slice(1);
  const { RepositoryName } = propertiesOf(registry, resource, z.object({ RepositoryName: z.string() }));
  const { Name } = registry.Parameters;
  return RepositoryName.replace(`\${Name}`, String(Name?.Default));
};

export const migrationOf = (owner: Owner): facts.MigrationFacts => {
  const task = containerOf(readTemplate('migration'));
  const names = task.Environment.map(({ Name }) => inFiles(Name));
  return {
    image: repositoryOf(owner),
    command: task.Command.join(' '),
    variables: Object.keys(facts.variablesOf(Object.fromEntries(names.map((name) => [name, ''])))),
  };
};
