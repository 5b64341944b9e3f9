import { Agent, type IncomingMessage } from 'node:http';
import type { Answer, OpenEngine } from '../engine.ts';
import { forward } from './forward.ts';

/** http-proxy with a keep-alive agent: what most readers know, to compare with. */
export const openHttpProxyEngine: OpenEngine = (port, { connectMs, poolIdleMs, inFlight }) => {
  const pool = new Agent({ keepAlive: true, timeout: poolIdleMs, maxFreeSockets: inFlight });
  return {
    forward(client, outgoing, { address, isFresh, withinMs }) {
      const agent = isFresh ? undefined : pool;
      const where = { address, port, agent, connectMs, headMs: withinMs };
      const { answer, end } = forward(client, outgoing, where);
      return { answer: answer.then(toAnswer), end };
    },
    close: () => pool.destroy(),
  };
};

const toAnswer = (answer: IncomingMessage): Answer => ({
  status: answer.statusCode ?? 502,
  headers: answer.rawHeaders.map((text, at) => (at % 2 === 0 ? text.toLowerCase() : text)),
  body: {
    read: ({ onPiece, onEnd, onBreak }) =>
      void answer.on('data', onPiece).on('end', onEnd).on('error', onBreak),
    pause: () => void answer.pause(),
    resume: () => void answer.resume(),
    destroy: () => void answer.destroy(),
  },
});
