import { setTimeout as wait } from 'node:timers/promises';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { defaultResource, envDetector, hostDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { nameByRoute } from './answered.ts';
import { forgetCaller, isProbe, tellSentUrl } from './http-spans.ts';
import { patchLoaded } from './loaded.ts';

// A collector that is away must not hold up a stop: an orchestrator's grace period is running.
const flushMs = 2_000;

/**
 * Traces what this process receives, and what it asks of others for that, until the returned function is called.
 * Where to, how much and under which name is read from the OTEL_ variables by the SDK; the name is `component`
 * where they say nothing.
 */
export function startTracing(component: string): () => Promise<void> {
  const sdk = new NodeSDK({
    // what the environment says comes later, and counts
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.name': component, 'service.namespace': 'cleave' }),
    ),
    resourceDetectors: [hostDetector, envDetector],
    metricReaders: [], // metrics are scraped from the admin port
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: isProbe,
        requestHook: forgetCaller,
        applyCustomAttributesOnSpan: tellSentUrl,
        requireParentforOutgoingSpans: true,
      }),
      new UndiciInstrumentation({ requireParentforSpans: true }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  patchLoaded();
  const endNaming = nameByRoute();
  return async () => {
    endNaming();
    const sent = sdk.shutdown().then(() => true);
    const late = wait(flushMs, false, { ref: false });
    if (!(await Promise.race([sent, late]).catch(() => false))) {
      process.stderr.write('The last spans could not be sent.\n');
    }
  };
}
