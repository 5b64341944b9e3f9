// Rollouts by the command that a person types.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { ServiceName, Topology } from '../environments/environment.ts';
import type { Platform } from './platform.ts';

const program = fileURLToPath(new URL('../rollout.ts', import.meta.url));

export interface Rolled {
  /** As a person would type it. */
  command: string;
  exitCode: number | null;
  /** What it printed. */
  said: string;
  seconds: number;
}

export interface RollTools {
  platform: Platform;
  topology: Topology;
  signal: AbortSignal;
}

/** Runs `npm run rollout` to its end; a version that did not become ready is exit code 1. */
export async function runRollout(
  { platform, topology, signal }: RollTools,
  service: ServiceName,
  order: readonly string[],
): Promise<Rolled> {
  const began = performance.now();
  const target = platform.rolloutOptions(topology);
  const words = ['--env', platform.name, '--component', service, ...order, ...target];
  const child = spawn(process.execPath, [program, ...words], { signal, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const [out, err, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const said = [out, err]
    .map((each) => each.trim())
    .filter(Boolean)
    .join('\n');
  const seconds = (performance.now() - began) / 1_000;
  return { command: `npm run rollout -- ${words.join(' ')}`, exitCode, said, seconds };
}

/** For a good version on a busy machine. */
const patient = ['--deadline', '180'];

/** Likewise, for a version that is good. @throws Error with what it said when it does not serve */
export async function mustRoll(
  tools: RollTools,
  service: ServiceName,
  order: readonly string[],
): Promise<Rolled> {
  const rolled = await runRollout(tools, service, [...order, ...patient]);
  if (rolled.exitCode === 0) return rolled;
  throw new Error(`${rolled.command} ended with ${rolled.exitCode}: ${rolled.said}`);
}
