// From what a probe brought back to the cells of the table.
import type { Module, ServiceName } from '../../environments/environment.ts';
import type { Loot } from './loot.ts';
import type { Introductions } from './map.ts';
import type { AssetKind, Attack, Cell } from './record.ts';
import type { Targets } from './targets.ts';

const modules: readonly Module[] = ['users', 'threads', 'posts'];

/** One row: what the code of one component reached. */
export function judge(loot: Loot, targets: Targets, told: Introductions): Attack[] {
  return [
    ...modules.flatMap((module) => [
      ...tablesOf(module, loot),
      ...passwordsOf(module, loot, targets, told),
      ...componentOf(module, targets.serving[module], loot, told),
    ]),
    ...(told.has('gateway') ? componentOf('gateway', 'gateway', loot, told) : []),
    { owner: 'outside', kind: 'host', cell: loot.host },
    { owner: 'outside', kind: 'internet', cell: loot.internet },
    { owner: 'outside', kind: 'names', cell: loot.names },
  ];
}

function tablesOf(module: Module, { databases }: Loot): Attack[] {
  return databases
    .filter((database) => database.module === module)
    .flatMap(({ read, write }): Attack[] => [
      { owner: module, kind: 'read-tables', cell: read },
      { owner: module, kind: 'write-tables', cell: write },
    ]);
}

function passwordsOf(module: Module, loot: Loot, targets: Targets, told: Introductions): Attack[] {
  const target = targets.databases.find((database) => database.module === module);
  const result = loot.databases.find((database) => database.module === module);
  if (!target || !result) return [];
  const print = told.get(targets.serving[module])?.database?.passwordPrint;
  const kinds = {
    app: 'app-password',
    migrator: 'migrator-password',
    superuser: 'superuser-password',
  } as const;
  return (['app', 'migrator', 'superuser'] as const).map((kind) => {
    const role = target.roles[kind];
    // it opens the database; or, where that cannot be tried, it is the one, or came with the role's name
    const found =
      result.logins.find((login) => login.role === role) ??
      loot.secrets.find((secret) => kind === 'app' && secret.print === print) ??
      loot.secrets.find((secret) => result.refusal.outcome === 'unreachable' && secret.role === role);
    return {
      owner: module,
      kind: kinds[kind],
      cell: searched(loot, `the password of ${role}`, found?.where),
    };
  });
}

function componentOf(
  owner: Module | 'gateway',
  component: ServiceName,
  loot: Loot,
  told: Introductions,
): Attack[] {
  const result = loot.components.find(({ name }) => name === component);
  if (!result) return [];
  const print = told.get(component)?.tokenPrint;
  const token = loot.secrets.find((secret) => secret.print === print);
  const attack = (kind: AssetKind, cell: Cell): Attack => ({ owner, kind, cell });
  return [
    attack('control-token', searched(loot, `the control token of ${component}`, token?.where)),
    attack('traffic', result.traffic),
    attack('admin', result.admin),
    attack('control', result.control),
    attack('faults', result.faults),
    attack('process', result.process),
  ];
}

function searched(
  { searched: { environments, files, refused } }: Loot,
  what: string,
  where: string | undefined,
): Cell {
  const tried = `${what}: looked into its own variables, those of ${environments} processes, and ${files} files`;
  if (where !== undefined) return { outcome: 'reached', tried, answered: `in ${where}` };
  return { outcome: 'unreachable', tried, answered: `not there; ${refused} places could not be looked into` };
}
