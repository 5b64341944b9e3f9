import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { Site } from '../site.ts';
import { probe, type Seen } from './probe.ts';

/** What a path has to keep while its weights are changed. */
export interface Objectives {
  /** How long it is watched. */
  seconds: number;
  /** Share of requests that may fail. */
  mostFailing: number;
  p99Ms: number;
}

const RATE = 20;

/** Watches a path. @returns what was seen, and what is wrong with it in a sentence */
export async function watch(
  site: Site,
  url: string,
  objectives: Objectives,
): Promise<{ seen: Seen; wrong?: string }> {
  const seen = await probe(url, RATE, objectives.seconds);
  const share = seen.failed / Math.max(1, seen.requests);
  if (share > objectives.mostFailing)
    return { seen, wrong: `${seen.failed} of ${seen.requests} requests failed.` };
  if (seen.p99Ms > objectives.p99Ms)
    return { seen, wrong: `One in a hundred requests took more than ${Math.round(seen.p99Ms)} ms.` };
  const alarms = await ringing(site);
  if (alarms.length > 0) return { seen, wrong: `Alarms: ${alarms.join(', ')}.` };
  return { seen };
}

async function ringing(site: Site): Promise<string[]> {
  const command = new DescribeAlarmsCommand({ AlarmNamePrefix: `${site.name}-`, StateValue: 'ALARM' });
  const { MetricAlarms = [] } = await site.clients.cloudWatch.send(command);
  return MetricAlarms.flatMap(({ AlarmName }) => AlarmName ?? []);
}
