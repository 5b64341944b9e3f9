import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { type Topology, topologies } from '../components/components.ts';
import { dataStack, groundStacks, migrationStack, scalingStack, serviceStack } from '../components/parts.ts';
import type { Site } from '../site.ts';
import type { WantedStack } from '../stacks/deploy-stack.ts';
import { findStack, type Stack, stackName } from '../stacks/stack.ts';
import { readTemplate } from '../stacks/template.ts';
import { everyPath, routingStack } from '../traffic/routing.ts';

/** What `up` would do to one stack. */
export interface Planned {
  stack: string;
  /** `Add Vpc (AWS::EC2::VPC)`; none when nothing would change. */
  changes: string[];
}

/** What `up` would change: of stacks that are there by a change set, of others by what their template has. */
export async function plan(site: Site, topology: Topology): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const wanted of stacksOf(site, topology)) {
    const before = await findStack(site, wanted.part);
    const changes = before ? await changeSet(site, wanted, before) : await everything(wanted);
    planned.push({ stack: stackName(site, wanted.part), changes });
  }
  return planned;
}

// an image that is to be pushed has no tag yet; what is there keeps its own
const UNKNOWN = 'not-pushed-yet';

const stacksOf = (site: Site, topology: Topology): WantedStack[] => [
  ...groundStacks.flat(),
  ...topologies[topology].flatMap((component) => {
    const one = { component, dataOf: component, imageTag: UNKNOWN };
    return [
      dataStack(component, false),
      migrationStack(site, one),
      serviceStack(site, one, 2),
      scalingStack(component),
    ];
  }),
  routingStack({ monolith: topology === 'monolith', services: topology === 'microservices' }, everyPath(0)),
];

async function everything({ template }: WantedStack): Promise<string[]> {
  const { resources } = await readTemplate(template);
  return resources.map(
    ({ name, type, conditional }) =>
      `Add ${name} (${type})${conditional ? ', if its parameters ask for it' : ''}`,
  );
}

async function changeSet(site: Site, wanted: WantedStack, before: Stack): Promise<string[]> {
  const { cloudFormation } = site.clients;
  const { body, parameters } = await readTemplate(wanted.template);
  const values: Record<string, string> = { Name: site.name, ...wanted.parameters, ...before.parameters };
  const name = { StackName: before.id, ChangeSetName: `plan-${Date.now()}` };
  await cloudFormation.send(
    new CreateChangeSetCommand({
      ...name,
      ChangeSetType: 'UPDATE',
      TemplateBody: body,
      Capabilities: ['CAPABILITY_IAM'],
      Parameters: parameters
        .filter((key) => values[key] !== undefined)
        .map((key) => ({ ParameterKey: key, ParameterValue: values[key] })),
    }),
  );
  for (;;) {
    const found = await cloudFormation.send(new DescribeChangeSetCommand(name));
    if (found.Status === 'CREATE_COMPLETE' || found.Status === 'FAILED') {
      await cloudFormation.send(new DeleteChangeSetCommand(name));
      return (found.Changes ?? []).map(({ ResourceChange: change }) => {
        const { Action, LogicalResourceId, ResourceType, Replacement } = change ?? {};
        const anew = Replacement === 'True' ? ', made anew' : '';
        return `${Action} ${LogicalResourceId} (${ResourceType})${anew}`;
      });
    }
    await wait(site.lookMs);
  }
}
