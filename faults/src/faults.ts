// Breaks the process that it is part of, on order from its control port, for experiments.
import type { Handler } from '@cleave/kit/app';
import { ConfigError } from '@cleave/kit/config';
import type { Kysely } from 'kysely';
import { block } from './block.ts';
import type { FaultsConfig } from './config.ts';
import { control } from './control.ts';
import { errors } from './errors.ts';
import type { Fault } from './fault.ts';
import { leak } from './leak.ts';
import { pool } from './pool.ts';
import { slow } from './slow.ts';

type IsReady = () => Promise<boolean>;

/** What a composition root adds to a component. */
export interface Faults {
  /** For its traffic port, before everything else. */
  handlers: Handler[];
  control: Handler[];
  /** What the component's readiness becomes. */
  readiness: (isReady: IsReady) => IsReady;
  /** Undoes all of them; to be called before the database is closed. */
  undo: () => Promise<void>;
}

const none: Faults = { handlers: [], control: [], readiness: (isReady) => isReady, undo: async () => {} };

/**
 * The faults of a process with this database. Without `FAULTS=on` there are none: no route, no middleware.
 * @throws ConfigError when a broken version is asked for and faults are not on
 */
export function createFaults<Tables>(
  config: FaultsConfig & { DATABASE_POOL: number },
  db: Kysely<Tables>,
): Faults {
  const version = config.VERSION_FAULT;
  if (config.FAULTS === 'off') {
    if (version !== undefined) throw new ConfigError('VERSION_FAULT is set and FAULTS is not on.');
    return none;
  }
  const built = new Map(version === 'errors' ? [[config.VERSION_FAULT_PREFIX, 500]] : []);
  const faults: Fault[] = [block(), leak(), slow(), errors(built), pool(db, config.DATABASE_POOL)];
  return {
    handlers: faults.flatMap(({ middleware }) => middleware ?? []),
    control: [control(faults, version)],
    readiness: (isReady) => (version === 'unready' ? async () => false : isReady),
    undo: async () => void (await Promise.all(faults.map((fault) => fault.end()))),
  };
}
