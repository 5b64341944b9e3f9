import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mix } from '@cleave/load/mix';
import { findGenerator } from '../../lab/src/generator/find-generator.ts';
import { readSamples } from '../../lab/src/generator/samples.ts';

// A change of a user who was seeded would be found by the contract suite, which runs beside the load and makes such
// changes itself, of users of its own.
const only = mix.map(({ name }) => name).filter((name) => !name.startsWith('PATCH'));

export interface Load {
  /** Ends the load. @returns how many requests there were, and those that failed, by route */
  stop(): Promise<{ requests: number; failed: Map<string, number> }>;
}

/** Puts the declared mix on, reads and writes, for as many seconds as were asked for. */
export async function startLoad(baseUrl: string, rate: number, seconds: number): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-aws-'));
  const samplesFile = join(folder, 'samples.gz');
  const generator = await findGenerator({ log: () => undefined });
  const begun = Promise.withResolvers<void>();
  const run = generator.run({ baseUrl, rate, seconds, samplesFile, only, onStart: () => begun.resolve() });
  await Promise.race([begun.promise, run]);
  return {
    async stop() {
      try {
        await run;
        const failed = new Map<string, number>();
        let requests = 0;
        for await (const sample of readSamples(samplesFile)) {
          requests += 1;
          if (sample.failed) failed.set(sample.route, (failed.get(sample.route) ?? 0) + 1);
        }
        return { requests, failed };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
