import type { Shell } from '../inside/shell.ts';
import type { Pod } from './pods.ts';

/** The container that a pod runs for good. */
export const insideOf = (namespace: string, { name, container }: Pod): Shell => ({
  file: 'kubectl',
  args: [
    ...['--namespace', namespace, 'exec', '--stdin', name],
    ...(container ? ['--container', container.name] : []),
    '--',
  ],
  name,
});
