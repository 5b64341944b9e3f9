import { z } from 'zod';
import { runModule } from './module.ts';
import type { Shell } from './shell.ts';

const answered = z.object({ status: z.number(), body: z.unknown() });
/** How long an answer of the control port may take: a blocked event loop answers between two blocks. */
const ANSWER_MS = 15_000;

/** Asks a component's control port, which listens only inside of its container. @throws Error on any status but 2xx */
export async function askControl(
  inside: Shell,
  { method, path, body }: { method: string; path: string; body?: object | undefined },
): Promise<unknown> {
  const request = {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  };
  const { status, body: answer } = answered.parse(await runModule(inside, controlSource(path, request)));
  if (status >= 200 && status < 300) return answer;
  throw new Error(`${method} ${path} in ${inside.name} answered ${status}: ${JSON.stringify(answer)}`);
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
