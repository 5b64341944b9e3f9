// Makes the three credentials of one database, each in a volume of its own, so that a container is given those that
// it needs and no other:  node credentials.ts <host> <database>
// With several databases on one server, there is one superuser, and each database has a folder of its own:
//   node credentials.ts <host> <database> <database> ...
// A file belongs to root and to its reader's group, mode 0440. What is there is never overwritten.
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';

interface Credential {
  file: string;
  value: string;
  gid: number;
}

const [host = '', ...databases] = process.argv.slice(2);
const postgres = Number(process.env.POSTGRES_GID);
const component = Number(process.env.COMPONENT_GID);

const password = (): string => randomBytes(24).toString('hex');
const url = (user: string, secret: string, name: string): string =>
  `postgres://${user}:${secret}@${host}:5432/${name}`;

const folderOf = (database: string): string =>
  databases.length === 1 ? '/credentials' : `/credentials/${database}`;
const credentialsOf = (database: string): Credential[] =>
  ['migrator', 'app'].map((role) => ({
    file: `${folderOf(database)}/${role}/url`,
    value: url(`${database}_${role}`, password(), database),
    gid: component,
  }));

const superuser = password();
const credentials: Credential[] = [
  { file: '/credentials/superuser/password', value: superuser, gid: postgres },
  { file: '/credentials/superuser/url', value: url('postgres', superuser, 'postgres'), gid: component },
  ...databases.flatMap(credentialsOf),
];

const missing = credentials.filter(({ file }) => !existsSync(file));
if (missing.length === 0) {
  process.stdout.write(`The credentials of ${host} are there.\n`);
} else if (readdirSync('/data').length > 0) {
  // new ones would not be those that the database was made with
  const volumes = new Set(missing.map(({ file }) => file.split('/').slice(2, -1).join('-')));
  process.stderr.write(
    `${host} has data, but its credentials are gone (${[...volumes].join(', ')}): ` +
      'restore these volumes, or remove the rest with `docker compose down --volumes`.\n',
  );
  process.exitCode = 1;
} else {
  for (const credential of credentials) write(credential);
  process.stdout.write(`Made the credentials of ${host}.\n`);
}

/** A file appears whole or not at all. */
function write({ file, value, gid }: Credential): void {
  const unfinished = `${file}.new`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, value, { mode: 0o440, flag: 'wx' });
  chownSync(unfinished, 0, gid);
  renameSync(unfinished, file);
}
