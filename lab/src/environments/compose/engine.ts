// The Docker Engine API over its Unix socket: one call in place of one process for each question.
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { json, text } from 'node:stream/consumers';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import { read } from './command.ts';

/** The engine refused: `status` is HTTP's, 404 where there is no such container. */
export class EngineError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Engine {
  /** @throws EngineError */
  get(path: string): Promise<unknown>;
  /** Asks for a deed; one that is done already (304) is fine. @throws EngineError */
  post(path: string): Promise<void>;
  /** Sends a description of what is to be. @returns the answer @throws EngineError */
  order(path: string, body: object): Promise<unknown>;
  /** @throws EngineError */
  remove(path: string): Promise<void>;
  /**
   * Gives each line of an answer without an end to `onLine`, until the returned function is called.
   * @throws EngineError when it is refused
   */
  follow(path: string, onLine: (line: string) => void): Promise<() => void>;
}

/** `!override` and `!reset` in compose files came with 2.24. */
const OLDEST_COMPOSE = [2, 24];
const NEEDED = 'The compose environment needs Docker with Compose 2.24 or newer';
const problem = z.object({ message: z.string() });

/**
 * Finds the engine that the docker command uses (DOCKER_HOST, or its context).
 * @throws CannotStart in one sentence when there is no such command, no answer, or no local socket
 */
export async function openEngine(): Promise<Engine> {
  const host = await ask('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}');
  const [major = 0, minor = 0] = (await ask('compose', 'version', '--short'))
    .replace(/^v/, '')
    .split('.')
    .map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_COMPOSE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new CannotStart(`${NEEDED}; here is ${major}.${minor}.`);
  }
  if (!host.startsWith('unix://')) {
    throw new CannotStart(`${NEEDED} on this machine: ${host} is not a Unix socket.`);
  }
  const socketPath = host.slice('unix://'.length);
  const engine = engineAt(socketPath);
  await engine.get('/version').catch((error: unknown) => {
    throw new CannotStart(`Docker does not answer at ${socketPath}: start it, or get the right to use it.`, {
      cause: error,
    });
  });
  return engine;
}

/** The engine behind a Unix socket; nothing is asked of it yet. */
export const engineAt = (socketPath: string): Engine => ({
  get: (path) => send(socketPath, 'GET', path),
  post: async (path) => {
    await send(socketPath, 'POST', path);
  },
  order: (path, body) => send(socketPath, 'POST', path, body),
  remove: async (path) => {
    await send(socketPath, 'DELETE', path);
  },
  follow: (path, onLine) => follow(socketPath, path, onLine),
});

async function ask(...args: string[]): Promise<string> {
  try {
    return await read('docker', args);
  } catch (error) {
    throw new CannotStart(`${NEEDED}: \`docker ${args.slice(0, 2).join(' ')}\` does not work here.`, {
      cause: error,
    });
  }
}

async function send(
  socketPath: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await open(socketPath, method, path, body);
  const said = await text(answer);
  return said === '' ? undefined : JSON.parse(said);
}

async function follow(socketPath: string, path: string, onLine: (line: string) => void): Promise<() => void> {
  const answer = await open(socketPath, 'GET', path);
  // ends with the engine, or with us; both tell of it
  const lines = createInterface({ input: answer }).on('line', onLine);
  for (const end of [answer, lines]) end.on('error', () => undefined);
  return () => answer.destroy();
}

/** Resolves with an answer of success, its body unread. */
async function open(
  socketPath: string,
  method: string,
  path: string,
  body?: object,
): Promise<IncomingMessage> {
  const headers = { host: 'docker', ...(body && { 'content-type': 'application/json' }) };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({ socketPath, method, path, headers });
    asked
      .once('response', resolve)
      .once('error', reject)
      .end(body && JSON.stringify(body));
  });
  const { statusCode: status = 0 } = answer;
  if (status < 400) return answer;
  throw new EngineError(status, problem.parse(await json(answer)).message);
}
