// Network policies: who is not on the list reaches nothing but the entrance.
import type { Bite } from '../../../accept/platform.ts';
import { layouts } from '../../layout.ts';
import { apply, kubectl, kubectlIn } from '../kubectl.ts';
import { manager, managerLabel } from '../labels.ts';
import type { Space } from '../space.ts';
import { confined } from './confined.ts';
import { doorsOf } from './doors.ts';
import { type Door, knockSource, openDoors } from './knock.ts';

const ENDS_WITHIN = '120s';

/** A pod of another namespace knocks at every door of a topology. @param image runs on every node already */
export async function knockFromElsewhere(space: Space, image: string): Promise<Bite> {
  const namespace = `${space.namespace}-stranger`;
  const { entrance, inner } = await doorsOf(space);
  await apply([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { [managerLabel]: manager } },
    },
  ]);
  try {
    const open = await knock(namespace, image, [...entrance, ...inner]);
    const got = inner.filter(({ name }) => open.includes(name));
    const isSound = entrance.some(({ name }) => open.includes(name)); // the knocking itself works
    const at = got.length === 0 ? '' : ` (${got.map(({ name }) => name).join(', ')})`;
    const saw = [
      `${space.topology}: ${got.length} of ${inner.length} doors opened to a pod of another namespace${at}`,
      `the entrance ${isSound ? 'did' : 'did not, so the knocking says nothing'}`,
    ];
    return { bites: got.length === 0 && isSound, saw };
  } finally {
    await kubectl(['delete', 'namespace', namespace, '--wait=true', `--timeout=${ENDS_WITHIN}`]);
  }
}

async function knock(namespace: string, image: string, doors: readonly Door[]): Promise<string[]> {
  const own = kubectlIn(namespace);
  const command = ['node', '--input-type=module', '--eval', knockSource(doors)];
  const container = {
    name: 'stranger',
    image,
    imagePullPolicy: 'IfNotPresent',
    command,
    securityContext: confined,
  };
  const spec = { restartPolicy: 'Never', automountServiceAccountToken: false, containers: [container] };
  await apply([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stranger', namespace }, spec }]);
  await own(['wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/stranger', `--timeout=${ENDS_WITHIN}`]);
  return openDoors.parse(JSON.parse(await own(['logs', 'stranger'])));
}

/** A component knocks at every database and admin port but its own: being one of us is not being on the list. */
export async function knockFromInside(
  space: Space,
  ask: (source: string) => Promise<unknown>,
  service: string,
): Promise<Bite> {
  const { inner } = await doorsOf(space);
  const { store } = layouts[space.topology].services.find(({ name }) => name === service) ?? {};
  const isOwn = ({ name }: Door): boolean => name === `${store?.server} 5432`;
  const isOthers = (door: Door): boolean =>
    door.port !== 8080 && !isOwn(door) && !door.name.startsWith(`${service} `);
  const others = inner.filter(isOthers);
  const open = openDoors.parse(await ask(knockSource([...inner.filter(isOwn), ...others])));
  const got = others.filter(({ name }) => open.includes(name));
  const isSound = inner.some((door) => isOwn(door) && open.includes(door.name));
  const at = got.length === 0 ? '' : ` (${got.map(({ name }) => name).join(', ')})`;
  const saw = [
    `${space.topology}: ${got.length} of ${others.length} databases and admin ports of others opened to ${service}${at}`,
    `its own database ${isSound ? 'did' : 'did not, so the knocking says nothing'}`,
  ];
  return { bites: got.length === 0 && isSound, saw };
}
