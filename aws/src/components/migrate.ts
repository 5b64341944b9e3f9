import { setTimeout as wait } from 'node:timers/promises';
import { DescribeTasksCommand, RunTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { Refused, type Site } from '../site.ts';
import { findStack, type Stack } from '../stacks/stack.ts';
import { type ComponentName, titled } from './components.ts';
import { lastLines } from './log-lines.ts';

/**
 * Runs a component's migration task to its end. Migrations know what was done already, so a second run changes
 * nothing. @param stack its migration's @throws Refused with the last lines of its log when it fails
 */
export async function migrate(site: Site, component: ComponentName, stack: Stack): Promise<void> {
  const { Task: taskDefinition = '' } = stack.outputs;
  const network = await findStack(site, 'network');
  const security = await findStack(site, 'security');
  const subnets = network?.outputs.PrivateSubnets?.split(',') ?? [];
  const group = security?.outputs[`${titled(component)}Group`] ?? '';
  site.say(`Migrating ${component}.`);
  const { tasks = [], failures = [] } = await site.clients.containers.send(
    new RunTaskCommand({
      cluster: site.name,
      taskDefinition,
      launchType: 'FARGATE',
      startedBy: 'cleave-migration',
      networkConfiguration: {
        awsvpcConfiguration: { subnets, securityGroups: [group], assignPublicIp: 'DISABLED' },
      },
    }),
  );
  const [started] = tasks;
  if (started?.taskArn === undefined)
    throw new Refused(
      `The migration of ${component} was not started: ${failures[0]?.reason ?? 'no reason given'}`,
    );
  const ended = await ending(site, started.taskArn);
  const code = ended.containers?.[0]?.exitCode;
  if (code === 0) return;
  const lines = await lastLines(site, `${component}-migration`, 10);
  const reason = ended.containers?.[0]?.reason ?? ended.stoppedReason ?? '';
  throw new Refused([`The migration of ${component} ended with ${code}. ${reason}`, ...lines].join('\n  '));
}

async function ending(site: Site, arn: string): Promise<Task> {
  const command = new DescribeTasksCommand({ cluster: site.name, tasks: [arn] });
  for (;;) {
    const { tasks = [] } = await site.clients.containers.send(command);
    const [task] = tasks;
    // ECS forgets a task an hour after its end
    if (task === undefined) throw new Refused(`ECS does not know the task ${arn} any more.`);
    if (task.lastStatus === 'STOPPED') return task;
    await wait(site.lookMs);
  }
}
