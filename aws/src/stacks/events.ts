import { DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { Site } from '../site.ts';
import { isMissing } from './stack.ts';

/** Shows what happens to a stack, and remembers why something failed. */
export interface EventReader {
  /** Says what is new since the last time. */
  read(): Promise<void>;
  /** One line for each resource that failed by itself, in the order of their failures. */
  failures(): string[];
}

/** Starts reading after what has happened so far. @param stack its name or its id */
export async function readEvents(site: Site, part: string, stack: string): Promise<EventReader> {
  const seen = new Set((await eventsOf(site, stack)).map(({ EventId }) => EventId));
  const failures: string[] = [];
  return {
    async read() {
      for (const event of (await eventsOf(site, stack)).reverse()) {
        if (seen.has(event.EventId)) continue;
        seen.add(event.EventId);
        const { LogicalResourceId = '', ResourceStatus = '', ResourceStatusReason: reason } = event;
        const tail = reason === undefined ? '' : `: ${reason}`;
        site.say(`${part.padEnd(18)} ${LogicalResourceId} ${ResourceStatus}${tail}`);
        if (ResourceStatus.endsWith('_FAILED') && isCause(reason))
          failures.push(`${LogicalResourceId} (${event.ResourceType}): ${reason ?? 'no reason given'}`);
      }
    },
    failures: () => failures,
  };
}

// the rest of a stack is stopped when one resource fails
const isCause = (reason = ''): boolean =>
  !/(creation|update) cancelled|^The following resource/i.test(reason);

/** Newest first, of the stack's last hundred. */
async function eventsOf(site: Site, stack: string): Promise<StackEvent[]> {
  try {
    const command = new DescribeStackEventsCommand({ StackName: stack });
    const { StackEvents = [] } = await site.clients.cloudFormation.send(command);
    return StackEvents;
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
