import { CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { Refused, type Site } from '../site.ts';
import { deleteStack } from './delete-stack.ts';
import { type EventReader, readEvents } from './events.ts';
import { settled } from './settled.ts';
import { findStack, type Stack, siteTag, stackName } from './stack.ts';
import { readTemplate } from './template.ts';

export interface WantedStack {
  /** Names the stack: `service-users`. */
  part: string;
  /** `deploy/ecs/<template>.yaml` */
  template: string;
  /** What is not given keeps its value, or has the template's default in a new stack. */
  parameters?: Readonly<Record<string, string>>;
  tags?: Readonly<Record<string, string>>;
}

/**
 * Makes the stack be as wanted: creates it, or changes what is different. One that is under way is waited for, one
 * whose creation failed is made anew; so this may be called again after any interruption.
 * @throws Refused with the reason of each resource that failed; CloudFormation has rolled back by then
 */
export async function deployStack(site: Site, wanted: WantedStack): Promise<Stack> {
  const { part } = wanted;
  let before = await settled(site, part);
  if (before && neverWorked.test(before.status)) {
    await deleteStack(site, part);
    before = undefined;
  }
  const events = await readEvents(site, part, stackName(site, part));
  const changed = await send(site, wanted, before);
  const after = changed ? await follow(site, part, events) : before;
  if (after === undefined) throw new Refused(`The stack ${stackName(site, part)} is gone.`);
  return after;
}

const neverWorked = /^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED|REVIEW_IN_PROGRESS|DELETE_FAILED)$/;
const works = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;

/** @returns whether there is anything to wait for */
async function send(site: Site, wanted: WantedStack, before: Stack | undefined): Promise<boolean> {
  const template = await readTemplate(wanted.template);
  const values: Record<string, string> = { ...before?.parameters, Name: site.name, ...wanted.parameters };
  const kept = template.parameters.filter((name) => values[name] !== undefined);
  const request = {
    StackName: stackName(site, wanted.part),
    TemplateBody: template.body,
    Parameters: kept.map((name) => ({ ParameterKey: name, ParameterValue: values[name] })),
    Tags: tagsOf({ ...before?.tags, [siteTag]: site.name, ...wanted.tags }),
    Capabilities: ['CAPABILITY_IAM' as const],
  };
  if (before === undefined) {
    await site.clients.cloudFormation.send(new CreateStackCommand(request));
    return true;
  }
  try {
    await site.clients.cloudFormation.send(new UpdateStackCommand(request));
    return true;
  } catch (error) {
    if (error instanceof Error && /No updates are to be performed/.test(error.message)) return false;
    throw error;
  }
}

const tagsOf = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

async function follow(site: Site, part: string, events: EventReader): Promise<Stack> {
  const stack = await settled(site, part, () => events.read());
  await events.read();
  if (stack && works.test(stack.status)) return stack;
  const reasons = events.failures().map((line) => `\n  ${line}`);
  const status = (await findStack(site, part))?.status ?? 'gone';
  throw new Refused(
    `The stack ${stackName(site, part)} is ${status}:${reasons.join('') || ' no reason given'}`,
  );
}
