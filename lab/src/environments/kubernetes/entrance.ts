// Where a topology is reached from this machine.
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import type { Api } from './api.ts';
import { within } from './within.ts';

/** A node port is there a moment after its Service. */
const ANSWERS_WITHIN_MS = 30_000;
const serviceSchema = z.object({
  spec: z.object({ ports: z.array(z.object({ nodePort: z.number() })).min(1) }),
});

/**
 * Resolves with the address of a Service's node port on 127.0.0.1, where load comes from, when it answers.
 * @throws CannotStart when it does not
 */
export async function nodePortUrl(api: Api, namespace: string, service: string): Promise<string> {
  const found = await api.get(`/api/v1/namespaces/${namespace}/services/${service}`);
  const [port] = serviceSchema.parse(found).spec.ports;
  if (!port) throw new Error(`${service} has no port`);
  const url = `http://127.0.0.1:${port.nodePort}`;
  if (await within(ANSWERS_WITHIN_MS, () => answers(url))) return url;
  throw new CannotStart(
    `The node port of ${service} in ${namespace} does not answer at ${url}, where the lab's load comes from.`,
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/users?limit=1`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false; // refused or no answer yet: asked again, and said when it stays so
  }
}
