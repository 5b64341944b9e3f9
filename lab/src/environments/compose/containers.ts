import { z } from 'zod';
import { type Engine, EngineError } from './engine.ts';

/** A container of one of a project's services, as it is now. */
export interface Container {
  id: string;
  name: string;
  service: string;
  /** Compose numbers a service's containers from 1. */
  number: number;
  /** What it calls itself: its host name. */
  hostname: string;
  /** As it was asked for: `cleave/posts:local`. */
  image: string;
  isRunning: boolean;
  isPaused: boolean;
  isHealthy: boolean;
  /** As this machine sees it; undefined while it is down. */
  pid: number | undefined;
  /** Its address in each network that it is in, by the network's name. */
  addresses: Readonly<Record<string, string>>;
}

const listed = z.array(z.object({ Id: z.string() }));
const inspected = z.object({
  Id: z.string(),
  Name: z.string(),
  Config: z.object({ Hostname: z.string(), Image: z.string(), Labels: z.record(z.string(), z.string()) }),
  State: z.object({
    Running: z.boolean(),
    Restarting: z.boolean(),
    Paused: z.boolean(),
    Pid: z.number(),
    Health: z.object({ Status: z.string() }).nullish(),
  }),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.object({ IPAddress: z.string() })) }),
});

/** The containers of a project, ordered by service and number; those that ran once (migrations) among them. */
export async function listContainers(engine: Engine, project: string): Promise<Container[]> {
  const label = [`com.docker.compose.project=${project}`, 'com.docker.compose.oneoff=False'];
  const filters = encodeURIComponent(JSON.stringify({ label }));
  const found = listed.parse(await engine.get(`/containers/json?all=1&filters=${filters}`));
  const containers = await Promise.all(found.map(({ Id }) => inspectContainer(engine, Id)));
  return containers
    .filter((container) => container !== undefined)
    .sort((a, b) => a.service.localeCompare(b.service) || a.number - b.number);
}

/** Undefined when it has been removed. */
export async function inspectContainer(engine: Engine, id: string): Promise<Container | undefined> {
  try {
    return described(await engine.get(`/containers/${id}/json`));
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return undefined;
    throw error;
  }
}

function described(answer: unknown): Container {
  const { Id, Name, Config, State, NetworkSettings } = inspected.parse(answer);
  const isRunning = State.Running && !State.Restarting;
  return {
    id: Id,
    name: Name.slice(1),
    service: Config.Labels['com.docker.compose.service'] ?? '',
    number: Number(Config.Labels['com.docker.compose.container-number']),
    hostname: Config.Hostname,
    image: Config.Image,
    isRunning,
    isPaused: State.Paused,
    isHealthy: isRunning && State.Health?.Status === 'healthy',
    pid: isRunning ? State.Pid : undefined,
    addresses: Object.fromEntries(
      Object.entries(NetworkSettings.Networks).map(([network, { IPAddress }]) => [network, IPAddress]),
    ),
  };
}
