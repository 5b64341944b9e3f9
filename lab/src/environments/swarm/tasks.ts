import { z } from 'zod';
import type { Engine } from '../compose/engine.ts';

/** A replica as Swarm counts it: a container that is to be, is, or was. */
export interface Task {
  id: string;
  service: string;
  /** 0 for one of a service with one on each node. */
  slot: number;
  node: string;
  container: string | undefined;
  /** `running` only when it is healthy, too. */
  state: string;
  isWanted: boolean;
  error: string | undefined;
  image: string;
  /** Grows with each `--force`: which order it is of. */
  force: number;
  /** Of a job: which run it is of. */
  iteration: number;
  /** Its address in each network that it is in, by the network's name. */
  addresses: Readonly<Record<string, string>>;
}

const attachment = z.object({
  Network: z.object({ Spec: z.object({ Name: z.string() }) }),
  Addresses: z.array(z.string()).nullish(),
});
const listed = z.array(
  z.object({
    ID: z.string(),
    ServiceID: z.string(),
    Slot: z.number().default(0),
    NodeID: z.string().default(''),
    DesiredState: z.string(),
    JobIteration: z.object({ Index: z.number().default(0) }).optional(),
    Status: z.object({
      State: z.string(),
      Err: z.string().optional(),
      ContainerStatus: z.object({ ContainerID: z.string().default('') }).nullish(),
    }),
    Spec: z.object({ ContainerSpec: z.object({ Image: z.string() }), ForceUpdate: z.number().default(0) }),
    NetworksAttachments: z.array(attachment).nullish(),
  }),
);

/** The tasks of a service, also those that have ended, in order of their slots. */
export const listTasks = (manager: Engine, service: string): Promise<Task[]> =>
  list(manager, { service: [service] });

/** What a node has been given and has not ended. */
export const listTasksOn = async (manager: Engine, node: string): Promise<Task[]> =>
  (await list(manager, { node: [node] })).filter(({ state }) => LIVE.includes(state));

async function list(manager: Engine, by: Readonly<Record<string, string[]>>): Promise<Task[]> {
  const filters = encodeURIComponent(JSON.stringify(by));
  const found = listed.parse(await manager.get(`/tasks?filters=${filters}`));
  return found.map(describe).sort((a, b) => a.slot - b.slot);
}

const describe = (task: z.infer<typeof listed>[number]): Task => ({
  id: task.ID,
  service: task.ServiceID,
  slot: task.Slot,
  node: task.NodeID,
  container: task.Status.ContainerStatus?.ContainerID || undefined,
  state: task.Status.State,
  isWanted: task.DesiredState === 'running' || task.DesiredState === 'complete',
  error: task.Status.Err,
  image: task.Spec.ContainerSpec.Image,
  force: task.Spec.ForceUpdate,
  iteration: task.JobIteration?.Index ?? 0,
  addresses: Object.fromEntries(
    (task.NetworksAttachments ?? []).map(({ Network, Addresses }) => [
      Network.Spec.Name,
      (Addresses?.[0] ?? '').replace(/\/\d+$/, ''),
    ]),
  ),
});

/** What Swarm has asked for and still has to end. */
const LIVE = ['starting', 'running', 'preparing', 'ready', 'assigned', 'accepted', 'pending', 'new'];

/** Whether a task that is not wanted any more has not ended yet. */
export const isLeaving = ({ isWanted, state }: Task): boolean => !isWanted && LIVE.includes(state);
