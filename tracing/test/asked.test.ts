import assert from 'node:assert/strict';
import { it } from 'node:test';
import { asksForTraces } from '../src/asked.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

const asking: Record<string, string>[] = [
  endpoint,
  { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' },
  { OTEL_TRACES_EXPORTER: 'otlp' },
  { OTEL_TRACES_EXPORTER: 'console' },
  { ...endpoint, OTEL_SDK_DISABLED: 'false' },
];
const silent: Record<string, string>[] = [
  {},
  { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, // as compose sets what is not set
  { OTEL_SERVICE_NAME: 'forum' },
  { ...endpoint, OTEL_TRACES_EXPORTER: 'none' },
  { ...endpoint, OTEL_SDK_DISABLED: 'true' },
];

for (const env of asking) {
  it(`${JSON.stringify(env)} asks for traces`, () => assert.equal(asksForTraces(env), true));
}
for (const env of silent) {
  it(`${JSON.stringify(env)} asks for none`, () => assert.equal(asksForTraces(env), false));
}
