import { read } from '../../environments/compose/command.ts';
import type { Deployment, Environment } from '../../environments/environment.ts';
import { nodePorts } from '../../environments/kubernetes/doors.ts';

/** Which ports of a topology's containers are published, as their platform tells; the one door where there are none. */
export async function doorsOf(environment: Environment, deployment: Deployment): Promise<string[]> {
  if (environment.name === 'local') return [deployment.baseUrl];
  if (environment.name === 'kubernetes') return nodePorts(deployment.baseUrl);
  const containers = (await deployment.parts()).flatMap(({ name, replicas }) =>
    replicas.map(({ id }) => ({ name, id })),
  );
  const told = await Promise.all(
    containers.map(async ({ name, id }) => ({ name, ports: await read('docker', ['port', id]) })),
  );
  return told.flatMap(({ name, ports }) =>
    ports
      .split('\n')
      .filter(Boolean)
      .map((line) => `${name} ${line}`),
  );
}
