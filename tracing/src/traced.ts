import { ConfigError } from '@cleave/kit/config';
import { asksForTraces } from './asked.ts';
import type * as tracing from './start-tracing.ts';

/** Starts a component, and resolves with what stops it. */
export type Start = () => Promise<() => Promise<void>>;

/**
 * The start of a component, traced where the environment asks for it; otherwise nothing of OpenTelemetry is loaded.
 * Spans that are not sent yet are sent when the component has stopped.
 * @throws ConfigError when traces are asked for and this was installed without the packages that make them
 */
export const traced =
  (component: string, env: NodeJS.ProcessEnv, start: Start): Start =>
  async () => {
    if (!asksForTraces(env)) return start();
    const { startTracing } = await loadTracing();
    const endTracing = startTracing(component);
    const stop = await start();
    return async () => {
      await stop();
      await endTracing();
    };
  };

async function loadTracing(): Promise<typeof tracing> {
  try {
    return await import('./start-tracing.ts');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
    throw new ConfigError('OTEL_ variables ask for traces, but OpenTelemetry is not installed.', {
      cause: error,
    });
  }
}
