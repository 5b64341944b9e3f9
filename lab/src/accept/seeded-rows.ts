import { type Module, modules, type Topology } from '../environments/environment.ts';
import { layouts, runnerOf } from '../environments/layout.ts';
import type { Platform } from './platform.ts';

/** The highest id of each module's table. */
export type LastIds = ReadonlyMap<Module, number>;

const sqlOn = (
  platform: Platform,
  topology: Topology,
  module: Module,
  statements: string,
): Promise<string> => {
  const { server, database } = runnerOf(layouts[topology], module).store;
  return platform.sql(topology, server, database, statements);
};

export const lastIdsOf = async (platform: Platform, topology: Topology): Promise<LastIds> => {
  const found = new Map<Module, number>();
  for (const module of modules) {
    const answer = await sqlOn(
      platform,
      topology,
      module,
      `select coalesce(max(id), 0) from ${module}.${module}`,
    );
    found.set(module, Number(answer.trim()));
  }
  return found;
};

/** Removes what was added since, and counts on from there: whoever reads ids next finds the same in every topology. */
export const forgetNewRows = async (platform: Platform, topology: Topology, last: LastIds): Promise<void> => {
  for (const module of [...modules].reverse()) {
    const table = `${module}.${module}`;
    const id = last.get(module) ?? 0;
    await sqlOn(
      platform,
      topology,
      module,
      `delete from ${table} where id > ${id}; select setval(pg_get_serial_sequence('${table}', 'id'), ${Math.max(id, 1)}, ${id > 0})`,
    );
  }
};
