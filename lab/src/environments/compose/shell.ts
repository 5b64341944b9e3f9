import type { Shell } from '../inside/shell.ts';

/** A container of the engine that the docker command uses. */
export const insideOf = (name: string): Shell => ({
  file: 'docker',
  args: ['exec', '--interactive', name],
  name,
});
