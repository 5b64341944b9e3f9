import { read } from '../../environments/compose/command.ts';
import type { Deployment, Environment } from '../../environments/environment.ts';

/** Which ports of a topology's containers are published, as Docker tells; the one door where there are none. */
export async function doorsOf(environment: Environment, deployment: Deployment): Promise<string[]> {
  if (environment.name === 'local') return [deployment.baseUrl];
  const ids = (await deployment.parts()).flatMap(({ replicas }) => replicas.map(({ id }) => id));
  const told = await Promise.all(ids.map(async (id) => ({ id, ports: await read('docker', ['port', id]) })));
  return told.flatMap(({ id, ports }) =>
    ports
      .split('\n')
      .filter(Boolean)
      .map((line) => `${id} ${line}`),
  );
}
