import { apply, kubectlIn } from '../../../lab/src/environments/kubernetes/kubectl.ts';
import type { RenderedObject } from '../rendered.ts';
import { type Server, serversOf } from './databases.ts';
import { newSecrets, type Secret } from './secrets.ts';

/** A server has data, but the credentials that it was made with are gone. */
export class LostCredentials extends Error {}

/**
 * Makes the namespaces of an overlay's objects, and there the credentials of its databases that are missing. What is
 * there is never overwritten. @returns the names of the Secrets that were made
 * @throws LostCredentials
 */
export async function makeCredentials(objects: readonly RenderedObject[]): Promise<string[]> {
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  if (namespaces.length > 0) await apply(namespaces);
  const made: string[] = [];
  for (const server of serversOf(objects)) made.push(...(await makeMissing(server)));
  return made;
}

async function makeMissing(server: Server): Promise<string[]> {
  const kubectl = kubectlIn(server.namespace);
  const list = async (kind: string): Promise<string[]> =>
    (await kubectl(['get', kind, '--output=name'])).split('\n').map((line) => line.split('/')[1] ?? '');
  const there = await list('secrets');
  const missing = newSecrets(server).filter(({ metadata }) => !there.includes(metadata.name));
  if (missing.length === 0) return [];
  const names = missing.map(({ metadata }) => metadata.name);
  const volumes = await list('persistentvolumeclaims');
  // new ones would not be those that the database was made with
  if (volumes.some((name) => name === `data-${server.name}-0`))
    throw new LostCredentials(
      `${server.name} in ${server.namespace} has data, but its credentials are gone (${names.join(', ')}): ` +
        `restore them, or delete the claim data-${server.name}-0 and with it the data.`,
    );
  await create(missing);
  return names;
}

/** Over stdin: what is on a command line, every user of the machine can read. */
async function create(secrets: readonly Secret[]): Promise<void> {
  const [first] = secrets;
  if (first === undefined) return;
  const list = { apiVersion: 'v1', kind: 'List', items: secrets };
  await kubectlIn(first.metadata.namespace)(['create', '--filename', '-'], { input: JSON.stringify(list) });
}
