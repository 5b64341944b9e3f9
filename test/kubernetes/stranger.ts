import { kubectlIn } from '../../lab/src/environments/kubernetes/kubectl.ts';

/** A pod that is no part of the forum, in a namespace of its own without policies. */
export interface Stranger {
  /** Whether a connection to this address comes about within two seconds. */
  reaches(host: string, port: number): Promise<boolean>;
}

const program = `
  const [host, port] = process.argv.slice(1);
  const socket = require('node:net').connect(Number(port), host);
  const end = (word) => { console.log(word); process.exit(0); };
  socket.on('connect', () => end('reached')).on('error', () => end('refused'));
  setTimeout(end, 2000, 'timed out');
`;

/** Runs a program in a pod until it ends, whose first container has Node. @returns what it wrote */
export const nodeIn = (namespace: string, pod: string, source: string, ...args: string[]): Promise<string> =>
  kubectlIn(namespace)(['exec', pod, '--container=component', '--', 'node', '--eval', source, ...args]);

/** Whether a connection from this pod comes about within two seconds. */
export const reachesFrom = async (
  namespace: string,
  pod: string,
  host: string,
  port: number,
): Promise<boolean> => (await nodeIn(namespace, pod, program, host, String(port))) === 'reached';

/** Starts a stranger; it goes with its namespace. */
export async function startStranger(namespace: string): Promise<Stranger> {
  const kubectl = kubectlIn(namespace);
  const container = {
    name: 'component',
    image: 'cleave/gateway:local',
    command: ['node', '-e', 'setInterval(() => 0, 1e6)'],
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'stranger' },
    spec: { containers: [container] },
  };
  await kubectl(['create', 'namespace', namespace]);
  await kubectl(['create', '--filename', '-'], { input: JSON.stringify(pod) });
  await kubectl(['wait', '--for=condition=Ready', '--timeout=120s', 'pod/stranger']);
  return { reaches: (host, port) => reachesFrom(namespace, 'stranger', host, port) };
}
