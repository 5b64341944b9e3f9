import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { answered } from '@cleave/kit/app';
import { trace } from '@opentelemetry/api';
import { z } from 'zod';

const request = z.object({ method: z.string(), route: z.coerce.string(), requestId: z.string() });

/** Names the span of each request that is received by its route, until the returned function is called. */
export function nameByRoute(): () => void {
  const onAnswered = (message: unknown): void => {
    const { method, route, requestId } = request.parse(message);
    const span = trace.getActiveSpan();
    span?.setAttribute('http.request.header.x-request-id', [requestId]);
    if (route !== 'unmatched') span?.setAttribute('http.route', route).updateName(`${method} ${route}`);
  };
  subscribe(answered.name, onAnswered);
  return () => void unsubscribe(answered.name, onAnswered);
}
