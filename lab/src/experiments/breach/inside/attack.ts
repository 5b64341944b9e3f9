// Runs inside a component, with its privileges, and tries everything on everybody.
import type { Loot } from '../loot.ts';
import type { Cell } from '../record.ts';
import type { ComponentTarget, Targets } from '../targets.ts';
import { cell } from './answers.ts';
import { type Candidate, search } from './candidates.ts';
import { attackDatabase, type Login } from './database.ts';
import { printOf } from './introduce.ts';
import { ask, knock } from './knock.ts';
import { internet, names } from './outside.ts';
import { signalTo } from './processes.ts';

export async function attack(targets: Targets): Promise<Loot> {
  const { candidates, ...searched } = search();
  const databases = await Promise.all(
    targets.databases.map(async (target) => {
      const found = await attackDatabase(target, candidates);
      return { ...found, module: target.module, logins: found.logins.map(withoutPassword) };
    }),
  );
  const tokens = candidates.map(({ secret }) => secret).filter((secret) => /^[\x21-\x7e]+$/.test(secret));
  return {
    searched,
    secrets: candidates.map(asPrint),
    databases,
    components: await Promise.all(targets.components.map((target) => attackComponent(target, tokens))),
    host: await knock(targets.host.addresses, targets.host.port),
    internet: await internet(targets),
    names: await names(targets),
  };
}

const withoutPassword = ({ role, where }: Login) => ({ role, where });
/** Secrets leave the component as fingerprints only. */
const asPrint = ({ secret, role, where }: Candidate): Loot['secrets'][number] => ({
  print: printOf(secret),
  role: role ?? null,
  where,
});

async function attackComponent(target: ComponentTarget, tokens: string[]) {
  const { addresses, instance, ports } = target;
  const at = (port: number | null, path: string, known: string[] = []): Promise<Cell> | Cell =>
    port === null
      ? cell('unreachable', `GET ${path}`, 'it has no control port')
      : ask({ addresses, port, path, instance }, known);
  return {
    name: target.name,
    traffic: await at(ports.traffic, '/livez'),
    admin: await at(ports.admin, '/metrics'),
    control: await at(ports.control, '/status', tokens),
    faults: await at(ports.control, '/faults', tokens),
    process: signalTo(target),
  };
}
