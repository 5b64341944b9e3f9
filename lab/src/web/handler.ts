import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import { allTopologies, type Deployment, modules } from '../environments/environment.ts';
import { exportName, renderExport } from './export.ts';
import { readPageFiles } from './files.ts';
import { passOn } from './forum-proxy.ts';
import { type Guard, refusal } from './guard.ts';
import type { Live } from './live.ts';
import { highestRate } from './load/pacer.ts';
import type { Order } from './messages.ts';
import { Refused, readJson, sendJson } from './reply.ts';

// Nothing inline, nothing from elsewhere, no page around it.
const policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const headers = {
  'content-security-policy': policy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const load = z.strictObject({ rate: z.number().int().min(0).max(highestRate) });
const order = z.strictObject({
  topology: z.enum(allTopologies),
  part: z.string(),
  fault: z.enum(['kill', 'hang', 'block', 'slow', 'errors', 'pool', 'lock']),
  module: z.enum(modules).optional(),
});

/** Answers the page and carries out what it orders. */
export function createHandler(guard: Guard, live: Live, deployments: readonly Deployment[]): RequestListener {
  const files = readPageFiles(guard.token);
  const empty = (response: ServerResponse): void => void response.writeHead(204).end();

  /** An order that the component offers. */
  async function readOrder(request: IncomingMessage): Promise<Order> {
    const { topology, part, fault, module } = parse(order, await readJson(request));
    const { topologies } = await live.hello();
    const found = topologies.find(({ name }) => name === topology)?.parts.find(({ name }) => name === part);
    const offer = found?.faults.find((one) => one.fault === fault && one.module === module);
    if (!found || !offer) throw new Refused(404, `${part} of ${topology} has no such fault.`);
    return { topology, part: found.name, ...offer };
  }

  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
    'GET /api/events': async (_, response) => live.viewers.add(response, await live.hello()),
    'POST /api/load': async (request, response) => {
      await startLoad(live, parse(load, await readJson(request)).rate);
      empty(response);
    },
    'POST /api/faults': async (request, response) => {
      await live.breaker.cause(await readOrder(request));
      empty(response);
    },
    'POST /api/faults/undo': async (request, response) => {
      await live.breaker.end(await readOrder(request));
      empty(response);
    },
    'DELETE /api/faults': async (_, response) => {
      await live.breaker.endAll();
      empty(response);
    },
    'GET /api/export': async (_, response) => {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-disposition': `attachment; filename="${exportName()}"`,
      });
      response.end(await renderExport(live.seconds(), live.journal.entries()));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = request.url ?? '/';
    const file = request.method === 'GET' ? files.get(url) : undefined;
    if (file) return send(response, file);
    const [, topology, path] = /^\/forum\/([a-z-]+)(\/api\/.*)$/.exec(url) ?? [];
    const deployment = deployments.find((one) => one.topology === topology);
    if (deployment && path) return passOn(deployment.baseUrl, path, request, response);
    const route = routes[`${request.method} ${url}`];
    if (!route) throw new Refused(404, 'There is no such thing here.');
    return route(request, response);
  }

  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const refused = refusal(request, guard);
    if (refused !== undefined) return sendJson(response, 403, { detail: refused });
    answer(request, response).catch((error: unknown) => fail(response, error));
  };
}

function send(response: ServerResponse, { text, type }: { text: string; type: string }): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(text);
}

async function startLoad(live: Live, rate: number): Promise<void> {
  try {
    await live.setRate(rate);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(409, `The load cannot begin: ${reason}. Undo the faults first.`);
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refused(400, z.prettifyError(parsed.error));
}

/** A fault that was not seen to happen is the environment's to explain, and the page shows it. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const detail = error instanceof Error ? error.message : String(error);
  sendJson(response, error instanceof Refused ? error.status : 500, { detail });
}
