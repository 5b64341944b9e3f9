// What a client outside reaches: through the published door, and past it.
import { networkInterfaces } from 'node:os';
import type { Module, ServiceName } from '../../environments/environment.ts';
import { best, cell } from './inside/answers.ts';
import { namespace } from './inside/introduce.ts';
import { ask, knock } from './inside/knock.ts';
import type { Introductions } from './map.ts';
import { rawRequest, statusOf } from './raw-request.ts';
import type { Attack, Cell } from './record.ts';
import type { ComponentTarget, DatabaseTarget, Targets } from './targets.ts';
import { type Trick, tricks } from './tricks.ts';

interface Outside {
  door: URL;
  /** Addresses of this machine as others, or its own users, see the published ports. */
  addresses: string[];
}

/** The row of the public side. Health answers (/livez, /readyz) are for everybody and not in it. */
export async function attackFromOutside(
  baseUrl: string,
  targets: Targets,
  told: Introductions,
): Promise<Attack[]> {
  const outside = { door: new URL(baseUrl), addresses: outwardAddresses(told) };
  const secrets = await attackSecrets(outside);
  const attacks: Attack[] = [];
  for (const target of targets.databases) {
    attacks.push(...(await attackTables(target, outside)), ...secretsOf(target.module, secrets));
    const component = targets.components.find(({ name }) => name === targets.serving[target.module]);
    if (component) attacks.push(...(await attackComponent(target.module, component, outside)));
  }
  const gateway = targets.components.find(({ name }) => name === 'gateway');
  if (gateway) attacks.push(...(await attackComponent('gateway', gateway, outside)));
  return attacks;
}

/** Containers' ports are published on this machine; a process' own ports on loopback are not outside at all. */
function outwardAddresses(told: Introductions): string[] {
  const outward = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  const contained = [...told.values()].every(({ namespaces }) => namespaces.network !== namespace('net'));
  return contained ? [...outward, '127.0.0.1'] : outward;
}

async function attackTables(target: DatabaseTarget, { addresses }: Outside): Promise<Attack[]> {
  const found = await knock(addresses, target.port);
  // a PostgreSQL of somebody else may be listening there: no credential of ours is known outside anyway
  const result =
    found.outcome === 'reached'
      ? { ...found, outcome: 'refused' as const, answered: 'no credential' }
      : found;
  return (['read-tables', 'write-tables'] as const).map((kind) => ({
    owner: target.module,
    kind,
    cell: result,
  }));
}

const places = ['/credentials/app/url', '/proc/self/environ', '/state.json', '/package.json'];
const looksSecret = /postgres(ql)?:\/\/|DATABASE_URL|CONTROL_TOKEN|superuserPassword/;

function attackSecrets(outside: Outside): Promise<Cell> {
  const all = places.flatMap((path) => tricks(path, []));
  return throughTheDoor(outside, all, (answer) => looksSecret.test(answer));
}

const secretsOf = (module: Module, found: Cell): Attack[] =>
  (['app-password', 'migrator-password', 'superuser-password', 'control-token'] as const).map((kind) => ({
    owner: module,
    kind,
    cell: found,
  }));

/** What only the right endpoint says. */
const signs = {
  admin: (name: ServiceName) => new RegExp(`^[a-z_]+\\{[^}]*component="${name}"`, 'm'),
  control: (name: ServiceName) => new RegExp(`"component":"${name}","draining"`),
  faults: () => /"evidence":/,
};
const paths = { admin: '/metrics', control: '/status', faults: '/faults' } as const;

async function attackComponent(
  owner: Module | 'gateway',
  target: ComponentTarget,
  outside: Outside,
): Promise<Attack[]> {
  const route = owner === 'gateway' ? '/livez' : `/api/${owner}`;
  const traffic = await throughTheDoor(
    outside,
    [{ target: route, headers: {} }],
    (answer) => statusOf(answer) === 200,
  );
  const attacks: Attack[] = [{ owner, kind: 'traffic', cell: traffic }];
  for (const kind of ['admin', 'control', 'faults'] as const) {
    const port = kind === 'admin' ? target.ports.admin : target.ports.control;
    const authorities = [target.name, ...target.addresses].map((address) => `${address}:${port ?? 0}`);
    const sign = signs[kind](target.name);
    const door = await throughTheDoor(outside, tricks(paths[kind], authorities), (answer) =>
      sign.test(answer),
    );
    const direct =
      port === null ? [] : [await ask({ ...outside, instance: target.instance, port, path: paths[kind] })];
    attacks.push({ owner, kind, cell: best([door, ...direct]) });
  }
  return attacks;
}

async function throughTheDoor(
  { door }: Outside,
  all: Trick[],
  isIt: (answer: string) => boolean,
): Promise<Cell> {
  const port = Number(door.port);
  const answers = await Promise.all(all.map((trick) => rawRequest(door.hostname, port, trick)));
  const through = answers.findIndex(isIt);
  if (through !== -1)
    return cell('reached', `GET ${all[through]?.target}`, String(statusOf(answers[through] ?? '')));
  const statuses = [...new Set(answers.map(statusOf))].sort((a, b) => a - b);
  const first = all[0]?.target ?? '';
  const more = all.length === 1 ? '' : ` and ${all.length - 1} other ways to ask`;
  return cell('refused', `GET ${first}${more} at the published port`, statuses.join(', '));
}
