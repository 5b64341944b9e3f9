import { z } from 'zod';
import type { Api } from './api.ts';
import { type Pod, readPod } from './pods.ts';

const eventSchema = z.object({ type: z.string(), object: z.unknown() });

/**
 * Tells, in one sentence, of each container of these parts that ended and is started again.
 * @returns what ends the watch
 */
export async function watchEnds(
  api: Api,
  namespace: string,
  parts: readonly string[],
  report: (sentence: string) => void,
): Promise<() => void> {
  const restarts = new Map<string, number>();
  const tell = ({ name, part, restarts: now, lastEnd = 'ended' }: Pod): void => {
    const before = restarts.get(name) ?? 0;
    restarts.set(name, now);
    if (now > before && parts.includes(part))
      report(`${name} ended (${lastEnd}): Kubernetes starts it again.`);
  };
  const onLine = (line: string): void => {
    const { type, object } = eventSchema.parse(JSON.parse(line));
    if (type === 'ADDED' || type === 'MODIFIED') tell(readPod(object));
  };
  let end = (): void => undefined;
  let isOver = false;
  const begin = async (): Promise<void> => {
    end = await api.follow(`/api/v1/namespaces/${namespace}/pods?watch=1`, onLine, onEnd);
  };
  // the server ends every watch after a while
  const onEnd = (): void => {
    if (isOver) return;
    begin().catch((error: unknown) => report(`${namespace} is not watched any more: ${String(error)}`));
  };
  await begin();
  return () => {
    isOver = true;
    end();
  };
}
