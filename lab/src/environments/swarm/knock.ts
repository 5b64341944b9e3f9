import { z } from 'zod';
import { runModule } from '../inside/module.ts';
import type { Shell } from '../inside/shell.ts';

/** Something that listens, or may. */
export interface Door {
  what: string;
  address: string;
  port: number;
  /** What is said to it, as hexadecimal digits: then only an answer counts, since a proxy may take any connection. */
  hello?: string;
}

/** PostgreSQL answers a request for TLS with one letter. */
export const postgresHello = '0000000804d2162f';
export const httpHello = Buffer.from('GET / HTTP/1.0\r\n\r\n').toString('hex');

const found = z.array(z.string());

/** Tries them from inside of a container. @returns which are open */
export const knock = async (inside: Shell, doors: readonly Door[]): Promise<string[]> =>
  found.parse(await runModule(inside, source(doors)));

const source = (doors: readonly Door[]): string => `
  import { connect } from 'node:net';
  const isOpen = ({ address, port, hello }) =>
    new Promise((resolve) => {
      const socket = connect({ host: address, port, timeout: 3000 });
      const end = (open) => () => { socket.destroy(); resolve(open); };
      socket.once('error', end(false)).once('timeout', end(false)).once('close', end(false));
      if (hello) socket.once('data', end(true)).write(Buffer.from(hello, 'hex'));
      else socket.once('connect', end(true));
    });
  const doors = ${JSON.stringify(doors)};
  const open = await Promise.all(doors.map(isOpen));
  console.log(JSON.stringify(doors.filter((_, index) => open[index]).map(({ what }) => what)));
`;
