import { z } from 'zod';
import { runModule } from '../inside/module.ts';
import type { Shell } from '../inside/shell.ts';

/** Something that listens, or may. */
export interface Door {
  what: string;
  address: string;
  port: number;
}

const found = z.array(z.string());

/** Tries to connect from inside of a container. @returns which doors took the connection */
export const knock = async (inside: Shell, doors: readonly Door[]): Promise<string[]> =>
  found.parse(await runModule(inside, source(doors)));

const source = (doors: readonly Door[]): string => `
  import { connect } from 'node:net';
  const isOpen = ({ address, port }) =>
    new Promise((resolve) => {
      const socket = connect({ host: address, port, timeout: 2000 });
      const end = (open) => () => { socket.destroy(); resolve(open); };
      socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
    });
  const doors = ${JSON.stringify(doors)};
  const open = await Promise.all(doors.map(isOpen));
  console.log(JSON.stringify(doors.filter((_, index) => open[index]).map(({ what }) => what)));
`;
