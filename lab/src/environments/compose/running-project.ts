// A compose project that somebody started, and with which variables: read from its containers.
import { z } from 'zod';
import type { PartName } from '../environment.ts';
import { read } from './command.ts';
import type { Engine } from './engine.ts';
import type { ComposeProject } from './project.ts';

const listed = z.array(z.object({ Id: z.string() }));
const inspected = z.object({
  Config: z.object({
    Image: z.string(),
    Env: z.array(z.string()).nullable(),
    Labels: z.record(z.string(), z.string()),
    Healthcheck: z.object({ Interval: z.number().default(0), StartPeriod: z.number().default(0) }).nullish(),
  }),
  HostConfig: z.object({
    PortBindings: z.record(z.string(), z.array(z.object({ HostPort: z.string() }))).nullish(),
  }),
  Mounts: z.array(z.object({ Source: z.string(), Destination: z.string() })),
});

/** One of a project's components, as one of its containers was started. */
interface Component {
  image: string;
  env: ReadonlyMap<string, string>;
  labels: Readonly<Record<string, string>>;
  /** Empty where it publishes none. */
  publishedPort: string;
  healthIntervalMs: number;
  healthStartMs: number;
  mounts: ReadonlyMap<string, string>;
}

export interface RunningProject extends ComposeProject {
  components: ReadonlyMap<string, Component>;
  /** The folder that the gateway reads its routes from; none without a gateway. */
  routesFolder: string | undefined;
}

const ours: readonly PartName[] = ['monolith', 'gateway', 'users', 'threads', 'posts'];

/** @throws Error in one sentence when no container of such a project runs a component of ours */
export async function openRunningProject(engine: Engine, name: string): Promise<RunningProject> {
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${name}`] });
  const found = listed.parse(await engine.get(`/containers/json?filters=${encodeURIComponent(filters)}`));
  const containers = await Promise.all(found.map(({ Id }) => engine.get(`/containers/${Id}/json`)));
  const components = new Map(
    containers.map(described).filter(([service]) => ours.some((name) => name === service)),
  );
  const [first] = components.values();
  if (first === undefined)
    throw new Error(`No compose project ${name} runs here: see \`docker compose ls\`.`);
  const env = variablesOf(components);
  // one that was made with an override from stdin names it `-`
  const files = (first.labels['com.docker.compose.project.config_files'] ?? '')
    .split(',')
    .filter((file) => /\.ya?ml$/.test(file));
  const folder = first.labels['com.docker.compose.project.working_dir'] ?? '.';
  const asStarted = [
    '--project-name',
    name,
    '--project-directory',
    folder,
    ...files.flatMap((file) => ['--file', file]),
  ];
  return {
    name,
    components,
    routesFolder: env.ROUTES_FOLDER,
    compose: (args, { override, ...options } = {}) => {
      const words = [
        'compose',
        '--progress=plain',
        ...asStarted,
        ...(override ? ['--file', '-'] : []),
        ...args,
      ];
      const input = override && { input: JSON.stringify(override) };
      return read('docker', words, { env, ...input, ...options });
    },
  };
}

function described(answer: unknown): [service: string, component: Component] {
  const { Config, HostConfig, Mounts } = inspected.parse(answer);
  const pairs = (Config.Env ?? []).map((line): [string, string] => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
  });
  const component: Component = {
    image: Config.Image,
    env: new Map(pairs),
    labels: Config.Labels,
    publishedPort: Object.values(HostConfig.PortBindings ?? {}).flat()[0]?.HostPort ?? '',
    healthIntervalMs: (Config.Healthcheck?.Interval ?? 0) / 1e6,
    healthStartMs: (Config.Healthcheck?.StartPeriod ?? 0) / 1e6,
    mounts: new Map(Mounts.map(({ Destination, Source }) => [Destination, Source])),
  };
  return [Config.Labels['com.docker.compose.service'] ?? '', component];
}

/** The variables of common.yaml and of the topologies' files. */
function variablesOf(components: ReadonlyMap<string, Component>): Record<string, string> {
  const [first] = components.values();
  const duration = (ms = 0): string | undefined => (ms > 0 ? `${ms}ms` : undefined);
  const found = new Map<string, string | undefined>([
    ['ROUTES_FOLDER', components.get('gateway')?.mounts.get('/routes')],
    ['HEALTH_INTERVAL', duration(first?.healthIntervalMs)],
    ['HEALTH_START', duration(first?.healthStartMs)],
  ]);
  for (const name of ['LOG_LEVEL', 'CONTROL_PORT', 'FAULTS']) found.set(name, first?.env.get(name));
  for (const [name, { env, publishedPort }] of components) {
    found.set(`${name.toUpperCase()}_CONTROL_TOKEN`, env.get('CONTROL_TOKEN'));
    found.set(`${name.toUpperCase()}_PORT`, publishedPort);
  }
  const variables: Record<string, string> = {};
  for (const [name, value] of found) if (value) variables[name] = value;
  return variables;
}
