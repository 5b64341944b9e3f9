import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { Refused, type Site } from '../site.ts';
import { readEvents } from './events.ts';
import { settled } from './settled.ts';
import { stackName } from './stack.ts';

/** Deletes a stack and what it consists of; nothing happens when there is none. @throws Refused saying what stayed */
export async function deleteStack(site: Site, part: string): Promise<void> {
  const stack = await settled(site, part);
  if (stack === undefined) return;
  const events = await readEvents(site, part, stack.id);
  await site.clients.cloudFormation.send(new DeleteStackCommand({ StackName: stackName(site, part) }));
  const left = await settled(site, part, () => events.read());
  await events.read();
  if (left === undefined) return;
  const reasons = events.failures().map((line) => `\n  ${line}`);
  throw new Refused(`The stack ${stackName(site, part)} is ${left.status}:${reasons.join('')}`);
}
