// The generator a comparison runs on.
import { findK6, type Source } from './find-k6.ts';
import type { Generator, Log } from './generator.ts';
import { k6Generator } from './k6-generator.ts';
import { previewGenerator } from './preview.ts';
import { type GeneratorSettings, readGeneratorSettings } from './settings.ts';

type Options = { log: Log; settings?: GeneratorSettings; sources?: readonly Source[] };

/**
 * k6 where it can be had, else the preview. May take minutes the first time (a build), with progress in `log`.
 * `sources` narrows down where k6 may come from; none of them leaves the preview.
 */
export const findGenerator = async ({
  log,
  settings = readGeneratorSettings(),
  sources,
}: Options): Promise<Generator> => {
  const k6 = await findK6(settings, log, sources);
  if (!k6) {
    log('No k6, Docker or Go was found: autocannon gives a preview, which is not a measurement.');
    return previewGenerator;
  }
  log(`Load comes from k6 ${k6.version} (${k6.origin}).`);
  return k6Generator(k6);
};
