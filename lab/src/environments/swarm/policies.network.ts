import type { Bite } from '../../accept/platform.ts';
import { dockerAt } from '../compose/command.ts';
import type { Shell } from '../inside/shell.ts';
import { layouts } from '../layout.ts';
import { component, type Door, knock, postgres } from './knock.ts';
import { firstOf } from './nodes.ts';
import { insideOf, isRunning, listReplicas } from './replicas.ts';
import type { SwarmEnvironment } from './swarm-environment.ts';

const services = layouts.microservices.services.map(({ name }) => name);

/** Each container's addresses in the overlay networks, by its service. */
async function doorsOf(
  environment: SwarmEnvironment,
  parts: readonly string[],
  port: number,
  talk: Door['talk'] & object,
): Promise<Door[]> {
  const { name } = environment.stack('microservices');
  const doors = parts.map(async (part) =>
    (await listReplicas(environment.swarm(), `${name}_${part}`)).flatMap(({ task }) =>
      Object.values(task.addresses).map((address) => ({
        what: `${part}:${port} at ${address}`,
        address,
        port,
        talk,
      })),
    ),
  );
  return (await Promise.all(doors)).flat();
}

async function shellOf(environment: SwarmEnvironment, part: string): Promise<Shell> {
  const { name } = environment.stack('microservices');
  const replica = (await listReplicas(environment.swarm(), `${name}_${part}`)).find(isRunning);
  if (!replica) throw new Error(`no ${part} runs`);
  return insideOf(replica);
}

/** From inside of each component, and from a container that is in no network of the stack. */
export async function knockEverywhere(environment: SwarmEnvironment): Promise<Bite> {
  const databases = await doorsOf(environment, layouts.microservices.databases, 5_432, postgres);
  const admin = await doorsOf(environment, services, 9_090, component);
  const saw: string[] = [];
  let bites = true;
  for (const part of services) {
    const open = await knock(await shellOf(environment, part), databases);
    const own = open.filter((what) => what.startsWith(`${part}-db:`));
    const isRight = open.length === own.length && (part === 'gateway' || own.length > 0); // its own: the knocking works
    saw.push(`${part}: of ${databases.length} doors of databases open: ${open.join(', ') || 'none'}`);
    bites &&= isRight;
  }
  const elsewhere = await knockFromElsewhere(environment, [...databases, ...admin]);
  saw.push(`a container of no stack: of ${databases.length + admin.length} doors ${elsewhere.length} open`);
  return { bites: bites && elsewhere.length === 0, saw };
}

/** On the first node, on its default bridge. */
async function knockFromElsewhere(environment: SwarmEnvironment, doors: readonly Door[]): Promise<string[]> {
  const { host } = firstOf(await environment.swarm().nodes());
  const name = `cleave-lab-${environment.run}-elsewhere`;
  const run = [...dockerAt(host), 'run', '--rm', '--interactive', '--name', name, '--cap-drop=ALL'];
  return knock({ file: 'docker', args: [...run, `cleave/gateway:${environment.tag}`], name }, doors);
}

/** The manager's own port answers on the network of the nodes: whoever has a way out finds it. */
export async function lookForAWayOut(environment: SwarmEnvironment): Promise<Bite> {
  const { address } = firstOf(await environment.swarm().nodes());
  const door = [{ what: 'the manager', address, port: 2_377 }];
  const open = async (part: string): Promise<boolean> =>
    (await knock(await shellOf(environment, part), door)).length > 0;
  const inner = layouts.microservices.services.flatMap(({ name, store }) => (store ? [name] : []));
  const found = await Promise.all(inner.map(open));
  const isSound = await open('gateway'); // which is on a network with one, so the looking works
  const out = inner.filter((_, index) => found[index]);
  const saw = [
    `${inner.join(', ')}: ${out.length === 0 ? 'none' : out.join(', ')} reached the manager's port`,
    `the gateway ${isSound ? 'did' : 'did not'}`,
  ];
  return { bites: out.length === 0 && isSound, saw };
}
