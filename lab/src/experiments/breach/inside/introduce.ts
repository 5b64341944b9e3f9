// Runs inside a component and tells where it can be found. This is the map that an attacker is given.
import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { readlinkSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import type { Introduction } from '../targets.ts';
import { setting } from './config.ts';

/** A fingerprint by which two finds of the same secret can be told to be the same. */
export const printOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex').slice(0, 16);

export async function introduce(): Promise<Introduction> {
  const control = setting('CONTROL_PORT');
  const token = setting('CONTROL_TOKEN');
  return {
    instance: setting('INSTANCE') ?? hostname(),
    addresses: ownAddresses(),
    ports: {
      traffic: Number(setting('PORT')),
      admin: Number(setting('ADMIN_PORT')),
      control: control === undefined || token === undefined ? null : Number(control),
    },
    tokenPrint: token === undefined ? null : printOf(token),
    namespaces: { process: namespace('pid'), network: namespace('net') },
    routers: interfaces().map(({ cidr }) => firstAddress(cidr ?? '')),
    database: await ownDatabase(),
  };
}

const interfaces = () =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal);

function ownAddresses(): string[] {
  const host = setting('HOST') ?? '127.0.0.1';
  return [
    ...new Set([
      ...interfaces().map(({ address }) => address),
      ...(host === '0.0.0.0' ? [] : [host]),
      '127.0.0.1',
    ]),
  ];
}

async function ownDatabase(): Promise<Introduction['database']> {
  const text = setting('DATABASE_URL');
  if (text === undefined) return null;
  const url = new URL(text);
  const { address } = await lookup(url.hostname, 4);
  return {
    addresses: [...new Set([url.hostname, address])],
    port: Number(url.port || 5432),
    name: url.pathname.slice(1),
    role: decodeURIComponent(url.username),
    passwordPrint: printOf(decodeURIComponent(url.password)),
  };
}

/** The first address of a network: `172.20.0.5/16` gives `172.20.0.1`. */
export function firstAddress(cidr: string): string {
  const [address = '', bits = '32'] = cidr.split('/');
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const first = number - (number % size) + 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}

/** The kernel's name of a namespace that this process is in: `pid:[4026531836]`; null where there are none. */
export function namespace(kind: 'pid' | 'net'): string | null {
  return process.platform === 'linux' ? readlinkSync(`/proc/self/ns/${kind}`) : null;
}
