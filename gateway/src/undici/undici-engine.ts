import { Malformed } from '@cleave/kit/errors';
import type { OpenEngine } from '../engine.ts';
import { openConnections } from './connections.ts';
import { Exchange } from './exchange.ts';

/** undici's dispatchers, with one handler for each request. */
export const openUndiciEngine: OpenEngine = (port, limits) => {
  const connections = openConnections(port, limits);
  return {
    forward(client, { method, path, headers, body }, { address, isFresh, withinMs }) {
      const exchange = new Exchange(client, address, withinMs);
      if (isSendable(path)) {
        // Undici ends a connection after HEAD, which is not needed, and after a body that its method does not expect,
        // which is: a replica might take it for another request.
        const ending = body.length > 0 ? {} : { reset: isFresh };
        connections.dispatch({ address, isFresh, method, path, headers, body, ...ending }, exchange);
      } else exchange.end(new Malformed('The target must be a path.'));
      return exchange;
    },
    close: connections.close,
  };
};

/** Whether undici sends it. Its pool would not use a connection again that a request was refused for. */
const isSendable = (path: string): boolean => path.startsWith('/') || /^https?:\/\//.test(path);
