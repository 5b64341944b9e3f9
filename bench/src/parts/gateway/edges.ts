// nginx and HAProxy as forwarders, in one process, with connections to the upstream kept.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from '../../../../lab/src/environments/local/launch.ts';
import type { Program } from '../../peers/debian.ts';

/** A route of an edge: a path and who answers there. */
export interface Route {
  prefix: string;
  name: string;
  port: number;
}

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

const nginxConfig = (folder: string, port: number, routes: readonly Route[]): string => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx-error.log warn;
events { worker_connections 8192; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  keepalive_requests 1000000000;
  ${routes
    .map(
      (route) =>
        `upstream ${route.name} { server 127.0.0.1:${route.port}; keepalive 128; keepalive_requests 1000000000; }`,
    )
    .join('\n  ')}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header X-Forwarded-For $remote_addr;
    ${routes.map((route) => `location ${route.prefix} { proxy_pass http://${route.name}; }`).join('\n    ')}
  }
}
`;

/** The command that runs nginx in the foreground with these routes. Its files are in a folder of its own. */
export async function nginxCommand(
  { file, env }: Program,
  parent: string,
  port: number,
  routes: readonly Route[],
): Promise<Command> {
  const folder = join(parent, `nginx-${port}`);
  await mkdir(folder, { mode: 0o777 });
  const config = join(folder, 'nginx.conf');
  await writeFile(config, nginxConfig(folder, port, routes));
  return { file, args: ['-p', folder, '-e', join(folder, 'nginx-error.log'), '-c', config], env };
}

const haproxyConfig = (port: number, target: number): string => `
global
  nbthread 1
  maxconn 8192
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  option forwardfor
  http-reuse always
frontend edge
  bind 127.0.0.1:${port}
  default_backend upstream
backend upstream
  server one 127.0.0.1:${target}
`;

/** The same of HAProxy, in one thread. */
export async function haproxyCommand(
  { file, env }: Program,
  parent: string,
  port: number,
  target: number,
): Promise<Command> {
  const config = join(parent, `haproxy-${port}.cfg`);
  await writeFile(config, haproxyConfig(port, target));
  return { file, args: ['-db', '-q', '-f', config], env };
}
