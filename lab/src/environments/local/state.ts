import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { databases, services } from '../driver.ts';
import { randomPassword } from './postgres-cluster.ts';

const port = z.number().int();
/** The ports of every component. */
export const portsSchema = z.object({
  databases: z.record(z.enum(databases), port),
  services: z.record(z.enum(services), z.object({ port, adminPort: port, controlPort: port })),
});
const role = z.object({ migrator: z.string(), app: z.string() });
const schema = z.object({
  /** Of all four servers; no component is ever given it. */
  superuserPassword: z.string(),
  roles: z.record(z.enum(databases), role),
  ports: portsSchema.optional(),
  controlToken: z.string(),
});

/** What has to be the same when kept data is started again, and what a person may look up. */
export type State = z.infer<typeof schema>;
export type Ports = z.infer<typeof portsSchema>;

const fileOf = (folder: string) => join(folder, 'state.json');

/** Reads the state of a data folder, or makes up a new one. The control token is new each time. */
export async function readState(folder: string): Promise<State> {
  const controlToken = randomBytes(24).toString('hex');
  if (existsSync(fileOf(folder))) {
    return { ...schema.parse(JSON.parse(await readFile(fileOf(folder), 'utf8'))), controlToken };
  }
  const roles = databases.map((name) => [name, { migrator: randomPassword(), app: randomPassword() }]);
  return schema.parse({
    superuserPassword: randomPassword(),
    roles: Object.fromEntries(roles),
    controlToken,
  });
}

/** Writes the state, readable by its owner only; a reader sees the old or the new, never a part. */
export async function writeState(folder: string, state: State): Promise<void> {
  await writeFile(`${fileOf(folder)}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(`${fileOf(folder)}.new`, fileOf(folder));
}
