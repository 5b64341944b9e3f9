// What the compose files promise, each with an attempt to break it.
import { z } from 'zod';
import type { Bite, PolicyProbe } from '../../accept/platform.ts';
import { askComponents } from '../../accept/policies/ask-components.ts';
import { memoryLimitProbe } from '../../accept/policies/memory-limit.ts';
import type { Environment, Topology } from '../environment.ts';
import { layouts } from '../layout.ts';
import { read } from './command.ts';
import { type Container, listContainers } from './containers.ts';
import { openEngine } from './engine.ts';

const topologies = ['monolith', 'microservices'] as const;
const IMAGE = 'cleave/gateway:local';

/** @param nameOf gives the project of a topology */
export const composePolicies = (
  environment: Environment,
  nameOf: (topology: Topology) => string,
): PolicyProbe[] => [
  {
    name: 'a container from elsewhere reaches no database, no service and no admin port',
    topologies,
    run: () => knockFromElsewhere(nameOf),
  },
  {
    name: 'a component writes nothing to its root file system',
    topologies,
    run: () => writeEverywhere(environment),
  },
  {
    name: 'a component has no capability, and gains none',
    topologies,
    run: () => readPrivileges(environment),
  },
  memoryLimitProbe(environment),
];

const reached = z.array(z.string());

/** On the engine's own bridge, and on the one network of a topology that is open to the outside. */
async function knockFromElsewhere(nameOf: (topology: Topology) => string): Promise<Bite> {
  const engine = await openEngine();
  const saw: string[] = [];
  let bites = true;
  for (const topology of topologies) {
    const project = nameOf(topology);
    const containers = await listContainers(engine, project);
    const { entrance } = layouts[topology];
    const doors = containers.filter(({ isRunning }) => isRunning).flatMap(doorsOf);
    const inside = doors.filter(({ service, port }) => service !== entrance || port !== 8080);
    const fromBridge = await knock('bridge', inside);
    const hidden = inside.filter(({ service }) => service !== entrance);
    const beside = await knock(`${project}_${entrance}`, [
      ...hidden,
      ...doors.filter((door) => !inside.includes(door)),
    ]);
    const ours = beside.filter((door) => !door.startsWith(`${entrance}:8080 `));
    const isSound = beside.length > ours.length; // the one door that is open was found open, so the knocking works
    saw.push(
      `${topology}: of ${inside.length} doors ${fromBridge.length} open to a container on the default bridge`,
      `${topology}: of ${hidden.length} doors ${ours.length} open to one beside the ${entrance}, whose own was ${isSound ? 'open' : 'not found'}`,
    );
    bites &&= fromBridge.length === 0 && ours.length === 0 && isSound;
  }
  return { bites, saw };
}

interface Door {
  service: string;
  address: string;
  port: number;
}

const doorsOf = ({ service, addresses }: Container): Door[] => {
  const ports = service.endsWith('-db') ? [5432] : [8080, 9090];
  return Object.values(addresses)
    .filter(Boolean)
    .flatMap((address) => ports.map((port) => ({ service, address, port })));
};

/** @returns the doors that took a connection, as `users:9090 at 172.18.0.3` */
async function knock(network: string, doors: readonly Door[]): Promise<string[]> {
  const run = ['run', '--rm', '--interactive', '--network', network, '--cap-drop=ALL', IMAGE];
  const words = [...run, 'node', '--input-type=module', '-'];
  return reached.parse(JSON.parse(await read('docker', words, { input: knockSource(doors) })));
}

/** A connection alone proves nothing: on the way to an address that leads nowhere a proxy may take it. */
const knockSource = (doors: readonly Door[]): string => `
  import { connect } from 'node:net';
  const doors = ${JSON.stringify(doors)};
  const questions = {
    5432: { asks: Buffer.from('0000000804d2162f', 'hex'), answers: /^[SN]/ }, // whether it speaks TLS
    http: { asks: 'GET /livez HTTP/1.1\\r\\nhost: door\\r\\n\\r\\n', answers: /x-served-by/i },
  };
  const isOpen = ({ address, port }) =>
    new Promise((resolve) => {
      const { asks, answers } = questions[port] ?? questions.http;
      const socket = connect({ host: address, port, timeout: 2000 }, () => socket.write(asks));
      const end = (open) => { socket.destroy(); resolve(open); };
      socket.once('data', (data) => end(answers.test(data.toString('latin1'))));
      socket.once('error', () => end(false)).once('timeout', () => end(false)).once('close', () => end(false));
    });
  const open = await Promise.all(doors.map(isOpen));
  const found = doors.filter((_, index) => open[index]);
  process.stdout.write(JSON.stringify(found.map(({ service, address, port }) => service + ':' + port + ' at ' + address)));
`;

const places = ['/', '/app', '/etc', '/var/tmp', '/usr/local/bin'];

async function writeEverywhere(environment: Environment): Promise<Bite> {
  const source = `
    import { writeFileSync } from 'node:fs';
    const tries = ${JSON.stringify(places)}.map((place) => {
      try { writeFileSync(place + '/written', ''); return place; } catch (error) { return error.code; }
    });
    console.log(JSON.stringify(tries));`;
  const answers = await askComponents(environment, topologies, source, z.array(z.string()));
  const refusals = new Set(['EROFS', 'EACCES', 'EPERM']);
  const bites = answers.every(
    ({ answer }) => answer.includes('EROFS') && answer.every((code) => refusals.has(code)),
  );
  return {
    bites,
    saw: answers.map(
      ({ who, answer }) => `${who}: writing to ${places.join(', ')} gave ${answer.join(', ')}`,
    ),
  };
}

async function readPrivileges(environment: Environment): Promise<Bite> {
  const source = `
    import { readFileSync } from 'node:fs';
    const status = readFileSync('/proc/1/status', 'utf8');
    const field = (name) => new RegExp('^' + name + ':\\\\s+(\\\\S+)', 'm').exec(status)?.[1] ?? '';
    console.log(JSON.stringify(['Uid', 'CapEff', 'CapBnd', 'NoNewPrivs'].map(field)));`;
  const answers = await askComponents(environment, topologies, source, z.array(z.string()).length(4));
  const isBare = ([uid, effective, bound, noNew]: string[]): boolean =>
    uid !== '0' && /^0+$/.test(effective ?? '') && /^0+$/.test(bound ?? '') && noNew === '1';
  const saw = answers.map(
    ({ who, answer: [uid, effective, bound, noNew] }) =>
      `${who}: user ${uid}, capabilities ${effective} of ${bound}, no_new_privs ${noNew}`,
  );
  return { bites: answers.every(({ answer }) => isBare(answer)), saw };
}
