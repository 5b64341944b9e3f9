import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { sizes, type Topology, topologies } from '../components/components.ts';
import { databasesOf, dataOf } from '../components/data-of.ts';
import { dataStack, groundStacks, migrationStack, scalingStack, serviceStack } from '../components/parts.ts';
import type { Site } from '../site.ts';
import type { WantedStack } from '../stacks/deploy-stack.ts';
import { findStack, type Stack, stackName } from '../stacks/stack.ts';
import { readTemplate } from '../stacks/template.ts';
import { routingStack, weightsFor } from '../traffic/routing.ts';
import { findRunning } from '../traffic/running.ts';

/** What `up` would do to one stack. */
export interface Planned {
  stack: string;
  /** `Add Vpc (AWS::EC2::VPC)`; none when nothing would change. */
  changes: string[];
}

/** What `up` would change: of stacks that are there by a change set, of others by what their template has. */
export async function plan(site: Site, topology: Topology): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const wanted of await stacksOf(site, topology)) {
    site.say(`Looking at ${stackName(site, wanted.part)}.`);
    const before = await findStack(site, wanted.part);
    const changes = before ? await changeSet(site, wanted, before) : await everything(wanted);
    planned.push({ stack: stackName(site, wanted.part), changes });
  }
  return planned;
}

// an image that is to be pushed has no tag yet; what is there keeps its own
const UNKNOWN = 'not-pushed-yet';
const UNKNOWN_TARGET = 'arn:aws:elasticloadbalancing:region:account:targetgroup/planned/0';

async function stacksOf(site: Site, topology: Topology): Promise<WantedStack[]> {
  const { stacks, targets } = await findRunning(site);
  const wanted = topologies[topology].map((component) => ({
    component,
    dataOf: dataOf(component, stacks, targets.monolith !== undefined),
    imageTag: UNKNOWN,
  }));
  const joining = Object.fromEntries(topologies[topology].map((component) => [component, UNKNOWN_TARGET]));
  const all = { ...joining, ...targets };
  return [
    ...groundStacks.flat(),
    ...databasesOf(wanted).map(([server, shared]) => dataStack(server, shared)),
    ...wanted.flatMap((one) => [
      migrationStack(site, one),
      serviceStack(site, one, sizes[one.component].tasks, {
        size: stacks.has(`service-${one.component}`) ? undefined : sizes[one.component],
      }),
      scalingStack(one.component),
    ]),
    routingStack(all, weightsFor(all, stacks.get('routing'))),
  ];
}

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
  const { ImageTag, DesiredCount } = before.parameters;
  const kept = { ...(ImageTag && { ImageTag }), ...(DesiredCount && { DesiredCount }) };
  const values: Record<string, string> = {
    ...before.parameters,
    Name: site.name,
    ...wanted.parameters,
    ...kept,
  };
  const name = { StackName: stackName(site, wanted.part), ChangeSetName: `plan-${Date.now()}` };
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
