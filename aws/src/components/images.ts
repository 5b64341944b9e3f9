import { BatchGetImageCommand, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { run } from '../run.ts';
import { Refused, type Site } from '../site.ts';
import { findStack } from '../stacks/stack.ts';
import { type ComponentName, titled } from './components.ts';

/** Where a component's images are kept, without a tag. @throws Refused when there is no registry yet */
export async function repositoryOf(site: Site, component: ComponentName): Promise<string> {
  const repository = (await findStack(site, 'registry'))?.outputs[`${titled(component)}Repository`];
  if (repository === undefined) throw new Refused('There is no registry yet: npm run aws -- up comes first.');
  return repository;
}

/**
 * Pushes the local image `cleave/<component>:<from>` unless the same one is there. Its tag is made from its content,
 * so a tag never changes what it means. @returns that tag
 */
export async function push(site: Site, component: ComponentName, from: string): Promise<string> {
  const local = `cleave/${component}:${from}`;
  const tag = await tagOf(local);
  if (await isThere(site, component, tag)) {
    site.say(`${local} is in the registry already, as ${tag}.`);
    return tag;
  }
  const repository = await repositoryOf(site, component);
  await logIn(site);
  await run('docker', ['tag', local, `${repository}:${tag}`]);
  site.say(`Pushing ${local} as ${tag}.`);
  await run('docker', ['push', '--quiet', `${repository}:${tag}`]);
  return tag;
}

async function tagOf(local: string): Promise<string> {
  try {
    const id = await run('docker', ['image', 'inspect', '--format', '{{.Id}}', local]);
    return id.replace('sha256:', '').slice(0, 12);
  } catch (error) {
    throw new Refused(`There is no image ${local}: docker compose build makes it.`, { cause: error });
  }
}

async function isThere(site: Site, component: ComponentName, imageTag: string): Promise<boolean> {
  const repositoryName = `${site.name}/${component}`;
  const { images = [] } = await site.clients.registry.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag }] }),
  );
  return images.length > 0;
}

async function logIn(site: Site): Promise<void> {
  const { authorizationData = [] } = await site.clients.registry.send(new GetAuthorizationTokenCommand({}));
  const [{ authorizationToken = '', proxyEndpoint = '' } = {}] = authorizationData;
  const [user = '', password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(':');
  const registry = new URL(proxyEndpoint).host;
  await run('docker', ['login', '--username', user, '--password-stdin', registry], password);
}
