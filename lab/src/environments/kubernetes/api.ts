// The API server through `kubectl proxy`: the kubeconfig's own way in, and one call in place of one process for each
// question. It listens on a Unix socket in a folder of ours, since whoever reaches it is the cluster's administrator.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

/** The API server refused: `status` is HTTP's, 404 where there is no such object. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Api {
  /** @throws ApiError */
  get(path: string): Promise<unknown>;
  /** @throws ApiError */
  post(path: string, body: object): Promise<unknown>;
  /**
   * Gives each line of a long answer to `onLine`, until the returned function is called or the server has had enough,
   * which `onEnd` is told.
   * @throws ApiError
   */
  follow(path: string, onLine: (line: string) => void, onEnd: () => void): Promise<() => void>;
  close(): Promise<void>;
}

const problem = z.object({ message: z.string() });
// it ends with its input: also when we end without having told it
const program = 'kubectl proxy --unix-socket="$1" & cat >/dev/null; exec 2>/dev/null; kill $!; wait $!';

/** Opens the way to the cluster of the kubeconfig. */
export async function openApi(): Promise<Api> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-kubernetes-'));
  const socketPath = join(folder, 'api.sock');
  const proxy = spawn('sh', ['-c', program, 'sh', socketPath], {
    detached: true, // out of reach of a terminal's Ctrl-C: it is needed to clean up
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(proxy, 'close');
  await Promise.race([
    once(proxy.stdout, 'data'), // "Starting to serve on …"
    ended.then(() => Promise.reject(new Error('kubectl proxy ended at once'))),
  ]);
  // whoever forgets to close it can end all the same
  proxy.unref();
  for (const stream of [proxy.stdin, proxy.stdout]) if (stream instanceof Socket) stream.unref();
  const agent = new Agent({ keepAlive: true });
  const send = (method: string, path: string, body?: object): Promise<IncomingMessage> =>
    open({ socketPath, agent, method, path }, body);
  return {
    get: async (path) => json(await send('GET', path)),
    post: async (path, body) => json(await send('POST', path, body)),
    async follow(path, onLine, onEnd) {
      const answer = await send('GET', path);
      answer.on('error', () => undefined); // ends with the server, or with us
      createInterface({ input: answer }).on('line', onLine);
      answer.once('close', onEnd);
      return () => answer.off('close', onEnd).destroy();
    },
    async close() {
      agent.destroy();
      proxy.ref();
      proxy.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The same for one deed. */
export async function withApi<T>(use: (api: Api) => Promise<T>): Promise<T> {
  const api = await openApi();
  try {
    return await use(api);
  } finally {
    await api.close();
  }
}

/** Resolves with an answer of success, its body unread. */
async function open(
  options: { socketPath: string; agent: Agent; method: string; path: string },
  body?: object,
): Promise<IncomingMessage> {
  const headers = { host: 'localhost', 'content-type': 'application/json' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({ ...options, headers });
    asked.once('response', resolve).once('error', reject);
    asked.end(body && JSON.stringify(body));
  });
  const { statusCode: status = 0 } = answer;
  if (status < 400) return answer;
  throw new ApiError(status, problem.parse(await json(answer)).message);
}
