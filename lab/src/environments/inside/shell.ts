// How a command is run in a container of ours: by the same user, with the same environment, files and network as the
// container's own process, and with what is written to its stdin.
import { read } from '../compose/command.ts';

export interface Shell {
  /** What runs it: `docker exec --interactive NAME`, before the command's own words. */
  file: string;
  args: readonly string[];
  /** Names the container in messages. */
  name: string;
}

/** @returns what the command wrote to stdout @throws Error with its stderr when it fails */
export const runInside = (
  { file, args }: Shell,
  command: readonly string[],
  input?: string,
): Promise<string> => read(file, [...args, ...command], input === undefined ? {} : { input });
