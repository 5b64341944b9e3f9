import { createRequire } from 'node:module';

// What the instrumentations change in place: prototypes, and the exports of node:http that http-proxy asks anew for
// each request. So they may be loaded already, by the imports of a component's main.ts; to have each instrumentation
// see its module, it has to be required once more. (undici is not here: it speaks by itself, on channels.)
const modules = ['http', 'pg', 'pg-pool'];

/** Lets the instrumentations that are enabled change the modules that were loaded before them. */
export function patchLoaded(): void {
  const load = createRequire(import.meta.url);
  for (const name of modules) {
    if (isInstalled(name, load)) load(name);
  }
}

/** A component without a database has no client for one. */
function isInstalled(name: string, { resolve }: NodeJS.Require): boolean {
  try {
    return resolve(name) !== '';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return false;
    throw error;
  }
}
