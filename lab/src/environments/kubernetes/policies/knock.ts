import { z } from 'zod';

/** A port that is knocked at. */
export interface Door {
  /** As in `posts-db 5432`. */
  name: string;
  host: string;
  port: number;
}

/** The names of the doors that took a connection. */
export const openDoors = z.array(z.string());

const PATIENCE_MS = 2_000;

/** An ES module that knocks at all doors and writes the names of those that took a connection. */
export const knockSource = (doors: readonly Door[]): string => `
  import { connect } from 'node:net';
  const doors = ${JSON.stringify(doors)};
  const isOpen = ({ host, port }) => new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ${PATIENCE_MS} });
    const end = (open) => () => { socket.destroy(); resolve(open); };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
  const open = await Promise.all(doors.map(isOpen));
  console.log(JSON.stringify(doors.flatMap(({ name }, index) => (open[index] ? [name] : []))));
`;
