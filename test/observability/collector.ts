// A receiver of spans: OTLP over HTTP in JSON, as the specification describes it.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { portOf } from '@cleave/kit/server';
import { z } from 'zod';

const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
});
const attributes = z.array(z.object({ key: z.string(), value })).default([]);
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              kind: z.number(),
              attributes,
            }),
          ),
        }),
      ),
    }),
  ),
});

/** The kinds of OTLP that matter here. */
export const kinds = { internal: 1, server: 2, client: 3 } as const;

/** A span as it arrived; `service` is the name of the process that sent it. */
export interface ReceivedSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: number;
  attributes: Readonly<Record<string, string>>;
}

export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string;
  spans: ReceivedSpan[];
  stop(): Promise<void>;
}

/** Listens on a free port and keeps every span. */
export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const take = async (req: IncomingMessage): Promise<void> => {
    if (req.url !== '/v1/traces') throw new Error(`nothing is received at ${req.url}`);
    spans.push(...spansIn(exported.parse(await json(req))));
  };
  const server = createServer((req, res) => {
    const answer = (status: number) =>
      res.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    take(req).then(
      () => answer(200),
      (error) => {
        process.stderr.write(`A batch of spans is not understood: ${error}\n`);
        answer(400);
      },
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    spans,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const spansIn = ({ resourceSpans }: z.infer<typeof exported>): ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = byKey(resource.attributes)['service.name'] ?? '';
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, parentSpanId, ...span }) => ({
        ...span,
        service,
        parentSpanId: parentSpanId || undefined,
        attributes: byKey(attributes),
      })),
    );
  });

const byKey = (list: z.infer<typeof attributes>): Record<string, string> =>
  Object.fromEntries(list.map(({ key, value }) => [key, String(value.stringValue ?? value.intValue ?? '')]));
