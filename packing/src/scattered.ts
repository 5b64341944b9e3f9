import type { Scattered } from './flatten.ts';

/** What takes most files of a start: 510 of 730 of posts. Each entry that anything in an image loads is named. */
export const scattered: readonly Scattered[] = [
  // 255 files
  { name: 'kysely', format: 'esm', entries: ['dist/index.js', 'dist/migration/index.js'] },
  // 109 files
  { name: 'undici', format: 'cjs', entries: ['index.js'] },
  // 95 files, half of them languages
  { name: 'zod', format: 'esm', entries: ['index.js'] },
  // 51 files, loaded by prom-client; tracing loads the .mjs, which stay as they are
  { name: '@opentelemetry/api', format: 'cjs', entries: ['dist/index.cjs'] },
];
