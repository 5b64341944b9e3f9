import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ownersAt, type PlaceName, servicesAt } from './places.ts';
import { randomPassword } from './postgres-cluster.ts';

const port = z.number().int();
const servicePorts = z.object({ port, adminPort: port, controlPort: port });
/** The ports of every component; a service's are those of its first replica. */
export const portsSchema = z.object({
  databases: z.record(z.string(), port),
  services: z.record(z.string(), servicePorts),
});
const role = z.object({ migrator: z.string(), app: z.string() });
const schema = z.object({
  /** Of all servers; no component is ever given it. */
  superuserPassword: z.string(),
  /** Of each service that has a database, under `<service>-db`. */
  roles: z.record(z.string(), role),
  ports: portsSchema.optional(),
  /** Of each component, so that none can ask another's control port. */
  controlTokens: z.record(z.string(), z.string()).default({}),
});

/** What has to be the same when kept data is started again, and what a person may look up. */
export type State = z.infer<typeof schema>;
export type Ports = z.infer<typeof portsSchema>;
export type ServicePorts = z.infer<typeof servicePorts>;

const fileOf = (folder: string) => join(folder, 'state.json');

/**
 * Reads the state of a place, or makes up a new one. The control tokens are new each time.
 * @param superuserPassword goes into a new state
 */
export async function readState(
  folder: string,
  place: PlaceName = 'main',
  superuserPassword: string = randomPassword(),
): Promise<State> {
  const tokens = servicesAt(place).map((name) => [name, randomBytes(24).toString('hex')]);
  const controlTokens = Object.fromEntries(tokens);
  if (existsSync(fileOf(folder))) {
    return { ...schema.parse(JSON.parse(await readFile(fileOf(folder), 'utf8'))), controlTokens };
  }
  const roles = ownersAt(place).map((owner) => [
    `${owner}-db`,
    { migrator: randomPassword(), app: randomPassword() },
  ]);
  return schema.parse({ superuserPassword, roles: Object.fromEntries(roles), controlTokens });
}

/** Writes the state, readable by its owner only; a reader sees the old or the new, never a part. */
export async function writeState(folder: string, state: State): Promise<void> {
  await writeFile(`${fileOf(folder)}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(`${fileOf(folder)}.new`, fileOf(folder));
}
