import type { Command } from '../../../../lab/src/environments/local/launch.ts';
import { peerCommand } from '../../peers/cache.ts';
import type { Ground, Ports } from '../../run/ground.ts';
import type { Target } from '../../run/window.ts';
import { haproxyCommand, nginxCommand } from './edges.ts';
import { gatewayCommand, gatewayEngines } from './our-gateway.ts';

export const ours = 'Cleave gateway';
export const plain = 'http-proxy';
export const withAgent = 'http-proxy + agent';
export const nginx = 'nginx';

type Forward = (ground: Ground, ports: Ports, upstreamPort: number) => Command | Promise<Command>;

const ourGateway =
  (env: Record<string, string>): Forward =>
  ({ folder }, ports, port) =>
    gatewayCommand(folder, ports, { port, addresses: ['127.0.0.1'] }, env);

const nodePeer =
  (file: string, env: Record<string, string> = {}): Forward =>
  ({ peers }, { port }, upstreamPort) =>
    peerCommand(peers, file, port, { TARGET: `http://127.0.0.1:${upstreamPort}`, ...env });

/** Everything that forwards, by name: ours with its default engine first, then with its others. */
const forwarders = (): [name: string, forward: Forward][] => [
  [ours, ourGateway({})],
  ...gatewayEngines()
    .slice(1)
    .map((name): [string, Forward] => [`${ours}, ${name}`, ourGateway({ GATEWAY_ENGINE: name })]),
  [plain, nodePeer('http-proxy.js', { PACKAGE: 'http-proxy' })],
  [withAgent, nodePeer('http-proxy.js', { PACKAGE: 'http-proxy', KEEP_ALIVE: '1' })],
  ['http-proxy-3 + agent', nodePeer('http-proxy.js', { PACKAGE: 'http-proxy-3', KEEP_ALIVE: '1' })],
  ['@fastify/http-proxy', nodePeer('fastify-http-proxy.js')],
  [
    nginx,
    async ({ program, folder }, { port }, to) =>
      nginxCommand(await program('nginx'), folder, port, [{ prefix: '/api/users', name: 'users', port: to }]),
  ],
  [
    'HAProxy',
    async ({ program, folder }, { port }, to) => haproxyCommand(await program('haproxy'), folder, port, to),
  ],
];

/** Starts an upstream, and what forwards to it: all there is, or what is named. */
export async function startForwarders(ground: Ground, names?: readonly string[]): Promise<Target[]> {
  const upstream = await ground.serve({
    name: 'upstream',
    command: ({ port }) => peerCommand(ground.peers, 'upstream.js', port, {}),
  });
  const targets: Target[] = [];
  for (const [name, forward] of forwarders()) {
    if (names && !names.includes(name)) continue;
    const command = (ports: Ports) => forward(ground, ports, upstream.port);
    const { pid, origin } = await ground.serve({ name, command });
    targets.push({ name, origin, components: { engine: pid } });
  }
  return targets;
}
