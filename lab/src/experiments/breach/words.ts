import type { Count } from './count.ts';
import type { AssetKind, Outcome } from './record.ts';

export const kindNames: Record<AssetKind, string> = {
  'read-tables': 'read its tables',
  'write-tables': 'write its tables',
  'app-password': 'password of its database role',
  'migrator-password': "password of its tables' owner",
  'superuser-password': "password of its server's superuser",
  'control-token': 'control token',
  traffic: 'traffic port',
  admin: 'admin endpoint (/metrics)',
  control: 'control endpoint (/status)',
  faults: 'fault endpoint (/faults)',
  process: 'signals to its process',
  host: 'a service of the machine',
  internet: 'the internet',
  names: 'public names',
};

export const outcomeSigns: Record<Outcome, string> = { reached: '●', refused: '○', unreachable: '·' };

/** "3 of 12" */
export const ofAll = ({ reached, of }: Count): string => `${reached} of ${of}`;

/** "a, b and c" */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
