import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { Refused, type Site } from '../site.ts';
import { readEvents } from './events.ts';
import { settled } from './settled.ts';
import { stackName } from './stack.ts';

/** What something else still holds when its turn comes is often free a moment later. */
const MOST_ATTEMPTS = 2;

/** Deletes a stack and what it consists of; nothing happens when there is none. @throws Refused saying what stayed */
export async function deleteStack(site: Site, part: string, attempt = 1): Promise<void> {
  const stack = await settled(site, part);
  if (stack === undefined) return;
  const events = await readEvents(site, part, stack.id);
  await site.clients.cloudFormation.send(new DeleteStackCommand({ StackName: stackName(site, part) }));
  const left = await settled(site, part, () => events.read());
  await events.read();
  if (left === undefined) return;
  if (attempt < MOST_ATTEMPTS) return deleteStack(site, part, attempt + 1);
  const reasons = events.failures().map((line) => `\n  ${line}`);
  throw new Refused(`The stack ${stackName(site, part)} is ${left.status}:${reasons.join('')}`);
}
