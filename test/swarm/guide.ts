import { networkInterfaces } from 'node:os';
import { read, show } from '../../lab/src/environments/compose/command.ts';
import { readSwarmConfig } from '../../lab/src/environments/swarm/config.ts';
import { findNodeTool } from '../../lab/src/environments/swarm/node-tool.ts';

/**
 * Runs the commands of docs/swarm.md on machines of the node tool, with contexts that lead to them, and removes both.
 * @returns the exit status; 0 where there is no such tool, which is said
 */
export async function runGuide(signal: AbortSignal): Promise<number | NodeJS.Signals> {
  const { tool: command, nodes } = readSwarmConfig();
  const tool = await findNodeTool(command);
  if (!tool) {
    process.stdout.write(`The guide needs more machines, and there is no ${command}.\n`);
    return 0;
  }
  const names = nodes.map(({ name }) => name);
  const made = await tool.up(names);
  try {
    for (const name of names) {
      const host = await tool.hostOf(name);
      await read('docker', ['context', 'create', name, '--docker', `host=${host}`]);
    }
    const env = { MANAGER: await ownAddress(await tool.addressOf(names[0] ?? '')) };
    return await show('node', ['test/guides/run.ts', 'docs/swarm.md'], { env, signal });
  } finally {
    await read('docker', ['context', 'rm', '--force', ...names]);
    await tool.down(made);
  }
}

/** Ours in the network of another machine. */
async function ownAddress(other: string): Promise<string> {
  const network = other.slice(0, other.lastIndexOf('.') + 1);
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = all.find(({ address }) => address.startsWith(network));
  if (!own) throw new Error(`this machine has no address in the network of ${other}`);
  return own.address;
}
