import { z } from 'zod';
import { runModule } from '../inside/module.ts';
import type { Shell } from '../inside/shell.ts';

/** Something that listens, or may. */
export interface Door {
  what: string;
  address: string;
  port: number;
  /** What is said to it, and what an answer by itself looks like: a proxy on the way may take any connection. */
  talk?: Talk;
}

interface Talk {
  /** Hexadecimal digits. */
  hello: string;
  /** A regular expression. */
  answer: string;
}

/** PostgreSQL answers a request for TLS with one letter. */
export const postgres: Talk = { hello: '0000000804d2162f', answer: '^[NS]$' };
export const component: Talk = {
  hello: Buffer.from('GET / HTTP/1.0\r\n\r\n').toString('hex'),
  answer: 'x-served-by',
};

const found = z.array(z.string());

/** Tries them from inside of a container. @returns which are open */
export const knock = async (inside: Shell, doors: readonly Door[]): Promise<string[]> =>
  found.parse(await runModule(inside, source(doors)));

const source = (doors: readonly Door[]): string => `
  import { connect } from 'node:net';
  const isOpen = ({ address, port, talk }) =>
    new Promise((resolve) => {
      const socket = connect({ host: address, port, timeout: 3000 });
      const end = (open) => () => { socket.destroy(); resolve(open); };
      socket.once('error', end(false)).once('timeout', end(false)).once('close', end(false));
      if (!talk) return socket.once('connect', end(true));
      const isRight = (said) => new RegExp(talk.answer, 'i').test(said);
      socket.setEncoding('latin1').once('data', (said) => end(isRight(said))());
      socket.write(Buffer.from(talk.hello, 'hex'));
    });
  const doors = ${JSON.stringify(doors)};
  const open = await Promise.all(doors.map(isOpen));
  console.log(JSON.stringify(doors.filter((_, index) => open[index]).map(({ what }) => what)));
`;
