import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Refused, type Site } from '../site.ts';
import type { ComponentName } from './components.ts';

/** What tasks wrote in the last `minutes`, oldest first. @param log `users`, or `users-migration` */
export async function linesOf(site: Site, log: string, minutes: number): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await site.clients.logs.send(
      new FilterLogEventsCommand({
        logGroupName: `/${site.name}/${log}`,
        startTime: Date.now() - minutes * 60_000,
        nextToken,
      }),
    );
    for (const { timestamp = 0, message = '' } of answer.events ?? [])
      lines.push(`${new Date(timestamp).toISOString()} ${message.trimEnd()}`);
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return lines;
}

/** The last lines of the last hour; none where there is no log yet. */
export async function lastLines(site: Site, log: string, count: number): Promise<string[]> {
  try {
    return (await linesOf(site, log, 60)).slice(-count);
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return [];
    throw error;
  }
}

/** Waits for a deployment; when it is refused, adds what the component's tasks wrote last. */
export async function withLog<T>(site: Site, component: ComponentName, deployment: Promise<T>): Promise<T> {
  try {
    return await deployment;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const lines = await lastLines(site, component, 10);
    throw new Refused([error.message, `What ${component} wrote last:`, ...lines].join('\n  '), {
      cause: error,
    });
  }
}
