import { runInside, type Shell } from './shell.ts';

/**
 * Runs an ES module (source text) in a container, in the folder of its component's package.
 * @returns the JSON that it wrote to stdout
 * @throws Error when it fails or writes none
 */
export const runModule = async (inside: Shell, source: string): Promise<unknown> =>
  JSON.parse(await runInside(inside, ['node', '--input-type=module', '-'], source));
