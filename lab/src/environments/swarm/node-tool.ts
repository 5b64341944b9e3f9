// A command that gives this machine more of its kind, each a Docker engine with a network, a disk and a power switch:
// `up`, `down`, `kill` (power loss), `cut` and `heal` (its network), each followed by names; `list` has a line for each
// with its name and address; `env NAME` prints `export DOCKER_HOST=…`.
import { read } from '../compose/command.ts';

export interface NodeTool {
  /** The names of all that there are. */
  list(): Promise<string[]>;
  /** Boots them, and makes those first that are not there. @returns the names of the new ones */
  up(names: readonly string[]): Promise<string[]>;
  /** Removes them with all that is on them. */
  down(names: readonly string[]): Promise<void>;
  kill(name: string): Promise<void>;
  cut(name: string): Promise<void>;
  heal(name: string): Promise<void>;
  /** Where its engine listens: `unix:///…`. */
  hostOf(name: string): Promise<string>;
  addressOf(name: string): Promise<string>;
}

/** Undefined where there is no such command. */
export async function findNodeTool(command: string): Promise<NodeTool | undefined> {
  try {
    await read(command, ['--help']);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const rows = async (): Promise<[name: string, address: string][]> => {
    const lines = (await read(command, ['list'])).split('\n').slice(1);
    return lines.map((row) => row.split(/\s+/)).map(([name = '', address = '']) => [name, address]);
  };
  const run = async (verb: string, names: readonly string[]): Promise<void> => {
    if (names.length > 0) await read(command, [verb, ...names]);
  };
  return {
    list: async () => (await rows()).map(([name]) => name),
    async up(names) {
      const there = new Map(await rows());
      await run('up', names);
      return names.filter((name) => !there.has(name));
    },
    down: (names) => run('down', names),
    kill: (name) => run('kill', [name]),
    cut: (name) => run('cut', [name]),
    heal: (name) => run('heal', [name]),
    async hostOf(name) {
      const [, host] = /DOCKER_HOST=(\S+)/.exec(await read(command, ['env', name])) ?? [];
      if (host === undefined) throw new Error(`${command} env ${name} names no DOCKER_HOST`);
      return host;
    },
    async addressOf(name) {
      const address = new Map(await rows()).get(name);
      if (address === undefined) throw new Error(`${command} knows no ${name}`);
      return address;
    },
  };
}
