import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import { type ServiceName, serviceNames } from '../components/components.ts';
import { bridgeAddress, peerPorts } from '../config.ts';
import { Refused, type Site } from '../site.ts';

const LOOK_MS = 1_000;

/**
 * Stands in for Service Connect where AWS is emulated: on this machine's address towards containers it has a port for
 * each service, and hands connections on to the service's running tasks in turn. @returns a function that ends it
 * @throws Refused when somebody has the ports
 */
export async function standIn(site: Site): Promise<() => void> {
  const tasks = new Map<ServiceName, string[]>();
  const look = async (): Promise<void> => {
    for (const name of serviceNames) tasks.set(name, await addressesOf(site, name));
  };
  const forgive = (error: Error): void => site.say(`The tasks cannot be listed now: ${error.message}`);
  await look().catch(forgive);
  const timer = setInterval(() => void look().catch(forgive), LOOK_MS);
  const servers: Server[] = [];
  const open = new Set<Socket>();
  const stop = (): void => {
    clearInterval(timer);
    for (const server of servers) server.close();
    for (const client of open) client.destroy(); // they are kept alive, and this process with them
  };
  try {
    for (const name of serviceNames) {
      const server = inTurn(() => tasks.get(name) ?? []);
      server.on('connection', (client) => open.add(client.once('close', () => open.delete(client))));
      servers.push(server);
      await once(server.listen(peerPorts[name], bridgeAddress()), 'listening');
    }
  } catch (error) {
    stop();
    const why = error instanceof Error ? error.message : String(error);
    throw new Refused(`Services cannot find each other: ${why}`, { cause: error });
  }
  return stop;
}

/** Hands each connection on to the next of the addresses that there are then. */
function inTurn(addressesNow: () => readonly string[]): Server {
  let turn = 0;
  return createServer((client) => {
    const addresses = addressesNow();
    turn += 1;
    handOn(client, addresses[turn % Math.max(1, addresses.length)]);
  });
}

function handOn(client: Socket, address: string | undefined): void {
  client.on('error', () => client.destroy());
  if (address === undefined) return void client.destroy(); // as where nobody listens
  const task = dial(8_080, address);
  task.on('error', () => client.destroy());
  client.pipe(task).pipe(client);
  client.once('close', () => task.destroy());
  task.once('close', () => client.destroy());
}

async function addressesOf({ name: cluster, clients }: Site, serviceName: ServiceName): Promise<string[]> {
  try {
    const listed = await clients.containers.send(new ListTasksCommand({ cluster, serviceName }));
    const arns = listed.taskArns ?? [];
    if (arns.length === 0) return [];
    const { tasks = [] } = await clients.containers.send(new DescribeTasksCommand({ cluster, tasks: arns }));
    return tasks.flatMap(({ lastStatus, containers = [], attachments = [] }) => {
      const details = attachments.flatMap((one) => one.details ?? []);
      const ip =
        containers[0]?.networkInterfaces?.[0]?.privateIpv4Address ??
        details.find(({ name }) => name === 'privateIPv4Address')?.value;
      return lastStatus === 'RUNNING' && ip !== undefined ? [ip] : [];
    });
  } catch (error) {
    const gone = ['ClusterNotFoundException', 'ServiceNotFoundException'];
    if (error instanceof Error && gone.includes(error.name)) return [];
    throw error;
  }
}
