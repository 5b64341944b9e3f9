import type { Bite } from '../../../accept/platform.ts';
import type { Space } from '../space.ts';
import { confined } from './confined.ts';
import { refusalOf } from './read-only-root.ts';

/** Pod Security: a privileged pod is refused in a topology's namespace, and the same pod without privileges is not. */
export async function askForPrivileges(space: Space, image: string): Promise<Bite> {
  const refused = await refusalOf(() =>
    ask(space, image, { ...confined, allowPrivilegeEscalation: true, privileged: true }),
  );
  const plain = await refusalOf(() => ask(space, image, confined));
  const reason = /violates PodSecurity .*$/m.exec(refused)?.[0] ?? refused;
  return {
    bites: /violates PodSecurity/.test(refused) && plain === 'done',
    saw: [
      `${space.topology}: a privileged pod: ${reason.slice(0, 120)}`,
      `the same without: ${plain === 'done' ? 'allowed' : plain}`,
    ],
  };
}

/** The server decides as it would, and keeps nothing. */
const ask = ({ kubectl, namespace }: Space, image: string, securityContext: object): Promise<string> => {
  const spec = { containers: [{ name: 'tried', image, securityContext }] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'tried', namespace }, spec };
  return kubectl(['create', '--dry-run=server', '--filename', '-'], { input: JSON.stringify(pod) });
};
