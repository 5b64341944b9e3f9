import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const traced = new URL('../src/traced.ts', import.meta.url);

/** Starts and stops something traced in a process of its own. @returns the files of OpenTelemetry that it loaded */
async function loadedWith(env: Record<string, string>): Promise<string[]> {
  const source = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { traced } = await import('${traced}');
    const start = traced('something', process.env, async () => async () => {});
    await (await start())();
    process.stdout.write(JSON.stringify(loaded.filter((url) => /opentelemetry/.test(url))));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', source], {
    env: { PATH: process.env.PATH, ...env },
  });
  return z.array(z.string()).parse(JSON.parse(stdout));
}

describe('a traced start', () => {
  it('loads nothing of OpenTelemetry unless it is asked for', async () => {
    assert.deepEqual(await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: '' }), []);
  });

  it('loads it when a variable asks', async () => {
    const loaded = await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    assert.ok(loaded.some((file) => file.includes('instrumentation-http')));
  });
});
