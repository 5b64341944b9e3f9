import { fileURLToPath } from 'node:url';
import type { ServiceName } from '../environment.ts';

const root = new URL('../../../../', import.meta.url);

/** The folder of each service's package. */
const packages: Readonly<Record<ServiceName, string>> = {
  monolith: 'monolith',
  gateway: 'gateway',
  users: 'services/users',
  threads: 'services/threads',
  posts: 'services/posts',
};

/** The folder of a service's package: what its code can import is found from there. */
export function packageFolder(service: ServiceName): string {
  return fileURLToPath(new URL(packages[service], root));
}

/** The program of a service: `main` serves, `migrate` prepares its database. */
export function entryPoint(service: ServiceName, program: 'main' | 'migrate'): string {
  return `${packageFolder(service)}/src/${program}.ts`;
}
