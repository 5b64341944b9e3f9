import { setTimeout as wait } from 'node:timers/promises';
import { CancelUpdateStackCommand } from '@aws-sdk/client-cloudformation';
import type { Site } from '../site.ts';
import { stackName } from './stack.ts';

/**
 * Waits for the deployment of a stack; when it is not over after `seconds`, has CloudFormation roll it back and waits
 * for that. @throws what the deployment throws
 */
export async function withDeadline<T>(
  site: Site,
  part: string,
  seconds: number | undefined,
  deployment: Promise<T>,
): Promise<T> {
  if (seconds === undefined) return deployment;
  const over = new AbortController();
  const late = wait(seconds * 1_000, true, { signal: over.signal }).catch(() => false);
  const cancelling = late.then((isLate) => (isLate ? cancelUpdate(site, part, seconds) : undefined));
  try {
    return await deployment;
  } finally {
    over.abort();
    await cancelling;
  }
}

async function cancelUpdate(site: Site, part: string, seconds: number): Promise<void> {
  site.say(`${part} does not serve after ${seconds} s: it is rolled back.`);
  try {
    const StackName = stackName(site, part);
    await site.clients.cloudFormation.send(new CancelUpdateStackCommand({ StackName }));
  } catch (error) {
    // it came to its end in this moment, one way or the other
    if (!(error instanceof Error && /cannot be called from current stack status/.test(error.message)))
      throw error;
  }
}
