import {
  type Stack as Described,
  DescribeStacksCommand,
  paginateDescribeStacks,
} from '@aws-sdk/client-cloudformation';
import type { Site } from '../site.ts';

/** A CloudFormation stack of ours, as it is. */
export interface Stack {
  /** Without the site's name: `network`, `service-users`. */
  part: string;
  id: string;
  status: string;
  parameters: Readonly<Record<string, string>>;
  outputs: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
}

export const stackName = ({ name }: Site, part: string): string => `${name}-${part}`;

/** The stack, or undefined when there is none. */
export async function findStack(site: Site, part: string): Promise<Stack | undefined> {
  try {
    const StackName = stackName(site, part);
    const { Stacks = [] } = await site.clients.cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const [found] = Stacks.filter(exists);
    return found && stackOf(site, found);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** All stacks of the site. */
export async function listStacks(site: Site): Promise<Stack[]> {
  const found: Stack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: site.clients.cloudFormation }, {})) {
    const ours = Stacks.filter(
      (stack) => exists(stack) && stack.ParentId === undefined && isOurs(site, stack),
    );
    found.push(...ours.map((stack) => stackOf(site, stack)));
  }
  return found;
}

const exists = ({ StackStatus }: Described): boolean => StackStatus !== 'DELETE_COMPLETE';
const isOurs = ({ name }: Site, { Tags = [] }: Described): boolean =>
  Tags.some(({ Key, Value }) => Key === siteTag && Value === name);

/** Every stack has it, with the site's name; CloudFormation hands it on to what a stack consists of. */
export const siteTag = 'cleave:site';

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);

function stackOf(site: Site, stack: Described): Stack {
  const { StackName = '', StackId = '', StackStatus = '', Parameters = [], Outputs = [], Tags = [] } = stack;
  return {
    part: StackName.slice(site.name.length + 1),
    id: StackId,
    status: StackStatus,
    parameters: Object.fromEntries(
      Parameters.map((one) => [one.ParameterKey ?? '', one.ParameterValue ?? '']),
    ),
    outputs: Object.fromEntries(Outputs.map((one) => [one.OutputKey ?? '', one.OutputValue ?? ''])),
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}
