import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { mainTopologies, type Topology } from '../../lab/src/environments/environment.ts';
import {
  createLocalEnvironment,
  type LocalEnvironment,
} from '../../lab/src/environments/local/local-environment.ts';
import { until } from '../support/until.ts';
import { type Collector, kinds, type ReceivedSpan, startCollector } from './collector.ts';

/** What the user of OpenTelemetry sets; the components are children of this process. */
const otel = (endpoint: string): Record<string, string> => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_BSP_SCHEDULE_DELAY: '100', // ms between batches
});

const isServer = ({ kind }: ReceivedSpan): boolean => kind === kinds.server;
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

describe('with OpenTelemetry’s variables, the read of a discussion', () => {
  let collector: Collector;
  let environment: LocalEnvironment;
  before(async () => {
    collector = await startCollector();
    Object.assign(process.env, otel(collector.url));
    environment = createLocalEnvironment({ logLevel: 'warn' });
    await environment.up(mainTopologies);
  });
  after(async () => {
    for (const name of Object.keys(otel(''))) delete process.env[name];
    await environment.down();
    await collector.stop();
  });

  /** Reads a discussion as part of a caller's trace, and gives that trace's spans once `count` servers are in it. */
  async function trace(topology: Topology, count: number): Promise<ReceivedSpan[]> {
    const traceId = randomBytes(16).toString('hex');
    const caller = randomBytes(8).toString('hex');
    const url = `${environment.deployment(topology).baseUrl}/api/threads/1/discussion`;
    const answer = await fetch(url, { headers: { traceparent: `00-${traceId}-${caller}-01` } });
    assert.equal(answer.status, 200);
    assert.ok(!('degraded' in Object(await answer.json())));
    const spans = () => collector.spans.filter((span) => span.traceId === traceId);
    await until('every process has sent its spans', async () => spans().filter(isServer).length >= count);
    await until('the first span has come', async () =>
      spans().some(({ parentSpanId }) => parentSpanId === caller),
    );
    return spans();
  }

  const queried = (spans: ReceivedSpan[]): string[] =>
    spans
      .filter(({ attributes }) => 'db.query.text' in attributes)
      .map(({ service, attributes }) => `${service} -> ${attributes['db.namespace']}`);

  it('is one trace from the gateway to every database of the microservices', async () => {
    const spans = await trace('microservices', 4);
    assert.deepEqual(sorted(spans.map(({ service }) => service)), ['gateway', 'posts', 'threads', 'users']);
    assert.deepEqual(sorted(queried(spans)), ['posts -> posts', 'threads -> threads', 'users -> users']);
  });

  it('is one trace from the monolith to its database', async () => {
    const spans = await trace('monolith', 1);
    assert.deepEqual(sorted(spans.map(({ service }) => service)), ['monolith']);
    assert.deepEqual(sorted(queried(spans)), ['monolith -> forum']);
  });

  it('hangs together: each span has its parent in the trace, the first one in the caller', async () => {
    const spans = await trace('microservices', 4);
    const ids = new Set(spans.map(({ spanId }) => spanId));
    const orphans = spans.filter(({ parentSpanId = '' }) => !ids.has(parentSpanId));
    assert.deepEqual(
      orphans.map(({ service }) => service),
      ['gateway'],
    );
    const parentOf = ({ parentSpanId }: ReceivedSpan) => spans.find(({ spanId }) => spanId === parentSpanId);
    const askers = spans
      .filter(isServer)
      .map((span) => `${parentOf(span)?.service ?? 'caller'} -> ${span.service}`);
    assert.deepEqual(sorted(askers), [
      'caller -> gateway',
      'gateway -> threads',
      'threads -> posts',
      'threads -> users',
    ]);
  });

  it('names what was received by its route, and tells the request id and the URL that was sent', async () => {
    const spans = await trace('microservices', 4);
    const received = spans.filter(isServer).map(({ service, name }) => `${service}: ${name}`);
    assert.deepEqual(received.sort(), [
      'gateway: GET /api/threads',
      'posts: GET /api/posts/in-thread/:threadId',
      'threads: GET /api/threads/:threadId/discussion',
      'users: GET /api/users',
    ]);
    const ids = spans
      .filter(isServer)
      .map(({ attributes }) => attributes['http.request.header.x-request-id']);
    assert.equal(new Set(ids).size, 1);
    const sent = spans.find(({ service, kind }) => service === 'gateway' && kind === kinds.client);
    assert.match(sent?.attributes['url.full'] ?? '', /:\d+\/api\/threads\/1\/discussion$/);
  });

  it('is not told among probes and what a process does for itself', async () => {
    await trace('microservices', 4);
    const traced = sorted(collector.spans.filter(isServer).map(({ name }) => name));
    assert.deepEqual(
      traced.filter((name) => /livez|readyz|metrics/.test(name)),
      [],
    );
    const roots = collector.spans.filter(({ parentSpanId }) => parentSpanId === undefined);
    assert.deepEqual(
      roots.filter((span) => !isServer(span)),
      [],
    );
  });
});
