import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type RenderedObject, render } from '../rendered.ts';
import type { Options } from './options.ts';

const scripts = join(import.meta.dirname, '../../../load');
const envSchema = z.array(z.looseObject({ name: z.string() }));
const container = z.looseObject({ env: envSchema });
const jobSchema = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.tuple([container], z.unknown()) }),
    }),
  }),
});

/** Every script, in one folder as the pods see it. */
async function scriptsMap(namespace: string): Promise<object> {
  const names = (await readdir(scripts)).filter((name) => name.endsWith('.ts'));
  const data: Record<string, string> = {};
  for (const name of names) data[name] = await readFile(join(scripts, name), 'utf8');
  const metadata = { name: 'load-scripts', namespace, labels: { 'app.kubernetes.io/part-of': 'cleave' } };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

/** What is applied for a load: its scripts, its policy, its account, and its Job with so many pods. */
export async function manifestsOf(options: Options, timeoutMs: number): Promise<object[]> {
  const { namespace } = options;
  const objects = await render('deploy/k8s/load');
  const constants = {
    SEGMENTS: options.pods,
    BASE_URL: options['base-url'],
    RATE: options.rate,
    DURATION: `${options.seconds}s`,
    SEED: options.seed,
    TIMEOUT: `${timeoutMs}ms`,
  };
  const placed = objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
  return [
    await scriptsMap(namespace),
    ...placed.map((object) => (object.kind === 'Job' ? withLoad(object, options.pods, constants) : object)),
  ];
}

function withLoad(job: RenderedObject, pods: number, constants: Record<string, string | number>): object {
  const { spec } = jobSchema.parse(job);
  const [k6, ...others] = spec.template.spec.containers;
  const env = [
    ...k6.env.filter(({ name }) => !(name in constants)),
    ...Object.entries(constants).map(([name, value]) => ({ name, value: String(value) })),
  ];
  const podSpec = { ...spec.template.spec, containers: [{ ...k6, env }, ...others] };
  const template = { ...spec.template, spec: podSpec };
  return { ...job, spec: { ...spec, completions: pods, parallelism: pods, template } };
}
