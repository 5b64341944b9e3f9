import { createServer, connect as dial, type Socket } from 'node:net';
import { DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import { type ServiceName, serviceNames } from '../components/components.ts';
import { bridgeAddress, peerPorts } from '../config.ts';
import type { Site } from '../site.ts';

const LOOK_MS = 1_000;

/**
 * Stands in for Service Connect where AWS is emulated: on this machine's address towards containers it has a port for
 * each service, and hands connections on to the service's running tasks in turn. @returns a function that ends it
 */
export async function standIn(site: Site): Promise<() => void> {
  const tasks = new Map<ServiceName, string[]>();
  const look = async (): Promise<void> => {
    for (const name of serviceNames) tasks.set(name, await addressesOf(site, name));
  };
  const forgive = (error: Error): void => site.say(`The tasks cannot be listed now: ${error.message}`);
  await look().catch(forgive);
  const timer = setInterval(() => void look().catch(forgive), LOOK_MS);
  const servers = serviceNames.map((name) => {
    let turn = 0;
    const server = createServer((client) => {
      const addresses = tasks.get(name) ?? [];
      turn += 1;
      handOn(client, addresses[turn % Math.max(1, addresses.length)]);
    });
    return server.listen(peerPorts[name], bridgeAddress());
  });
  return () => {
    clearInterval(timer);
    for (const server of servers) server.close();
  };
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
