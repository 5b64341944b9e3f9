import { connect } from 'node:net';
import { tellsOfNobody } from './fault.ts';
import { createPatience } from './patience.ts';

/**
 * Whether anybody is at an address: within `ms` a connection is taken or refused. The kernel of a machine that is
 * there does so even while the process stands still; one without power, or cut off, does not.
 */
export function knock(host: string, port: number, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (isThere: boolean): void => {
      patience.end();
      socket.destroy();
      resolve(isThere);
    };
    const patience = createPatience(ms, () => end(false));
    socket.once('connect', () => end(true));
    socket.on('error', (error: NodeJS.ErrnoException) => end(!tellsOfNobody(error)));
  });
}
