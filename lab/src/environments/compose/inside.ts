// Code run in a container of ours, by the same user, with the same environment, files and network as its own process.
import { z } from 'zod';
import { read } from './command.ts';

/**
 * Runs an ES module (source text) in a container, in the folder of its component's package.
 * @returns the JSON that it wrote to stdout
 * @throws Error when it fails or writes none
 */
export async function runModule(container: string, source: string): Promise<unknown> {
  const command = ['exec', '--interactive', container, 'node', '--input-type=module', '-'];
  return JSON.parse(await read('docker', command, { input: source }));
}

const answered = z.object({ status: z.number(), body: z.unknown() });
/** How long an answer of the control port may take: a blocked event loop answers between two blocks. */
const ANSWER_MS = 15_000;

/** Asks a component's control port, which listens only inside of its container. @throws Error on any status but 2xx */
export async function askControl(
  container: string,
  { method, path, body }: { method: string; path: string; body?: object | undefined },
): Promise<unknown> {
  const request = {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  };
  const { status, body: answer } = answered.parse(await runModule(container, controlSource(path, request)));
  if (status >= 200 && status < 300) return answer;
  throw new Error(`${method} ${path} in ${container} answered ${status}: ${JSON.stringify(answer)}`);
}

const controlSource = (path: string, request: { headers?: object }): string => `
  import { env, stdout } from 'node:process';
  const request = ${JSON.stringify(request)};
  const answer = await fetch('http://127.0.0.1:' + env.CONTROL_PORT + ${JSON.stringify(path)}, {
    ...request,
    headers: { ...request.headers, authorization: 'Bearer ' + env.CONTROL_TOKEN },
    signal: AbortSignal.timeout(${ANSWER_MS}),
  });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  stdout.write(JSON.stringify({ status: answer.status, body: isJson ? JSON.parse(text) : text }));
`;
