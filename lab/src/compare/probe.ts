import { connect } from 'node:net';

/** What a port does with a request: nobody listens, nothing comes back in time, or bytes come back. */
export type PortState = 'refuses connections' | 'accepts and does not answer' | 'answers';

const request = 'GET /livez HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n';

/**
 * Asks the process behind a port for its liveness. A connection of its own each time, because a pooled one
 * could be answered, or broken, by what was there before. Waits for an answer at most `timeoutMs`.
 */
export const probePort = (port: number, timeoutMs: number, host = '127.0.0.1'): Promise<PortState> => {
  const { promise, resolve } = Promise.withResolvers<PortState>();
  const socket = connect(port, host, () => socket.write(request));
  const settle = (state: PortState): void => {
    clearTimeout(timer);
    socket.destroy();
    resolve(state);
  };
  const timer = setTimeout(settle, timeoutMs, 'accepts and does not answer');
  socket.once('data', () => settle('answers'));
  socket.once('error', () => settle('refuses connections'));
  socket.once('close', () => settle('refuses connections'));
  return promise;
};
