// What a part stands on: a folder, and processes, all of which go with it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryPath } from '../../../lab/src/environments/local/data-folder.ts';
import type { Command } from '../../../lab/src/environments/local/launch.ts';
import { removeTree } from '../../../lab/src/environments/local/remove-tree.ts';
import { supervise } from '../../../lab/src/environments/local/supervise.ts';
import { startWatchdog } from '../../../lab/src/environments/local/watchdog.ts';
import { choosePorts } from '../../../lab/src/environments/ports.ts';
import type { Context } from '../context.ts';
import { answers } from '../load/answers.ts';
import { peersInstalled } from '../peers/cache.ts';
import { findDebianProgram, type Program, type ProgramName } from '../peers/debian.ts';
import { type Forum, openForum } from './forum.ts';

/** Where our components tell whether they are ready. */
export const readyz = ({ adminPort }: Ports): string => `http://127.0.0.1:${adminPort}/readyz`;

/** What everything that is compared answers. */
export const someUser = '/api/users/2';

/** A process that serves. */
export interface Served {
  pid: number;
  port: number;
  /** `http://host:port` */
  origin: string;
  /** From its launch until it was ready, in milliseconds. */
  startedMs: number;
  stop(): Promise<void>;
}

/** Ports that nobody has. */
export interface Ports {
  port: number;
  adminPort: number;
  controlPort: number;
}

/** Something that can be started at any ports. */
export interface Service {
  name: string;
  command: (ports: Ports) => Command | Promise<Command>;
  /** What answers once it takes requests; by default a user at its own port. */
  ready?: (ports: Ports) => string;
}

export interface Ground extends Omit<Context, 'settings'> {
  folder: string;
  wrk: Program;
  /** The folder of the peers' programs, and the versions of their packages. */
  peers: string;
  versions: Record<string, string>;
  program(name: ProgramName): Promise<Program>;
  /** Starts a process and waits until it is ready. @throws CannotStart with the last lines of its log */
  serve(service: Service): Promise<Served>;
  /** Starts both topologies with so many posts. */
  forum(posts: number): Promise<Forum>;
  /** Writes lines to a file that the generators read, and gives its name. */
  file(name: string, lines: readonly string[]): Promise<string>;
}

/** Runs `work` on a ground. Whatever was started ends with it, and with this process, however that ends. */
export async function onGround<T>(
  { settings, ...context }: Context,
  work: (ground: Ground) => Promise<T>,
): Promise<T> {
  const stack = new AsyncDisposableStack();
  try {
    const { progress } = context;
    const folder = temporaryPath();
    const watchdog = startWatchdog(folder);
    stack.defer(() => watchdog.close());
    await mkdir(folder, { mode: 0o755 });
    stack.defer(() => removeTree(folder));
    const { peers, versions } = await peersInstalled(settings.cacheFolder, progress.say);
    const program = async (name: ProgramName): Promise<Program> => {
      const found = await findDebianProgram(name, settings, progress.say);
      versions[name] = found.version;
      return found;
    };
    const serve = async ({ name, command, ready }: Service): Promise<Served> => {
      const [port = 0, adminPort = 0, controlPort = 0] = await choosePorts([{}, {}, {}]);
      const ports = { port, adminPort, controlPort };
      const made = await command(ports);
      const origin = `http://127.0.0.1:${port}`;
      const url = ready?.(ports) ?? `${origin}${someUser}`;
      const { start, stop, pid } = supervise({
        name,
        command: () => made,
        isReady: () => answers(url),
        logFile: join(folder, `${name.replaceAll(/[^\w.-]+/g, '-')}.log`),
        watchdog,
        stopSignal: 'SIGTERM',
        graceMs: 5_000,
        report: progress.say,
      });
      stack.defer(stop);
      const began = performance.now();
      await start();
      return { pid: pid() ?? 0, port, origin, startedMs: performance.now() - began, stop };
    };
    const forum = async (posts: number): Promise<Forum> => {
      const opened = await openForum(posts, progress.say);
      stack.defer(opened.close);
      return opened;
    };
    const file = async (name: string, lines: readonly string[]): Promise<string> => {
      const path = join(folder, name.replaceAll(/[^\w.-]+/g, '-'));
      await writeFile(path, lines.map((line) => `${line}\n`).join(''));
      return path;
    };
    const wrk = await program('wrk');
    return await work({ ...context, folder, wrk, peers, versions, program, serve, forum, file });
  } finally {
    await stack.disposeAsync();
  }
}
