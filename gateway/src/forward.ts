import {
  type Agent,
  type ClientRequest,
  IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { Socket } from 'node:net';
import { ClientGone, UpstreamFault } from './faults.ts';
import { createProxyServer } from './http-proxy.ts';
import { createPatience } from './patience.ts';

/** A request as an upstream is to receive it; `path` with its query, exactly as the client sent it. */
export interface Outgoing {
  method: string;
  path: string;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** Where an attempt goes, on which connections (none: one of its own), and how long it may take. */
export interface Attempt {
  address: string;
  port: number;
  agent: Agent | undefined;
  connectMs: number;
  headMs: number;
}

/**
 * http-proxy reads a request and its headers from the client's own object, changes them, and leaves its
 * listeners there. It gets a copy, new for each attempt, that has an end and nothing behind it.
 */
class RequestCopy extends IncomingMessage {
  constructor({ method, headers }: Outgoing) {
    super(new Socket());
    Object.assign(this, { method, headers, url: '/', complete: true });
  }
  override _read(): void {}
}

/**
 * Sends a request once, and resolves with the head of the answer; its body is the caller's to read or destroy.
 * The connection is given up when `res`, for which the answer is, closes first.
 * @throws UpstreamFault when no answer comes, ClientGone when `res` closes
 */
export function forward(res: ServerResponse, outgoing: Outgoing, attempt: Attempt): Promise<IncomingMessage> {
  const { address: host, port, agent, connectMs, headMs } = attempt;
  return new Promise((resolve, reject) => {
    let request: ClientRequest | undefined;
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
      tooLate.end();
      notConnected.end();
      res.off('close', onGone);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
      request?.destroy();
    };
    const failWith = (kind: 'unreachable' | 'slow', message: string) => () =>
      fail(new UpstreamFault(kind, message));
    const onGone = (): void => fail(new ClientGone('The client left.'));
    const tooLate = createPatience(headMs, failWith('slow', `${host} gave no answer`));
    const notConnected = createPatience(connectMs, failWith('unreachable', `${host} gave no connection`));

    const proxy = createProxyServer({
      target: { host, port },
      agent,
      selfHandleResponse: true,
      toProxy: true,
    });
    // http-proxy tells of its request when there is a socket for it. Only now the body is let out, and with it
    // the head: with the path as it was sent, which http-proxy would have normalised.
    proxy.on('proxyReq', (proxyReq, copy) => {
      request = proxyReq;
      if (isSettled) return void proxyReq.destroy();
      if (proxyReq.socket?.connecting) proxyReq.socket.once('connect', notConnected.end);
      else notConnected.end();
      proxyReq.path = outgoing.path;
      if (outgoing.body.length > 0) copy.push(outgoing.body);
      copy.push(null);
    });
    proxy.on('proxyRes', (answer) => {
      // a parser takes any number, a server sends none below 100
      if ((answer.statusCode ?? 0) < 200) return fail(new UpstreamFault('unreachable', 'not an HTTP status'));
      settle();
      resolve(answer);
    });
    res.once('close', onGone);
    proxy.web(new RequestCopy(outgoing), res, {}, (error) => fail(toFault(error, request)));
  });
}

const lostConnection = new Set<unknown>(['ECONNRESET', 'EPIPE']);

function toFault(error: Error & { code?: string }, request: ClientRequest | undefined): UpstreamFault {
  const isStale = request?.reusedSocket === true && lostConnection.has(error.code);
  return new UpstreamFault(isStale ? 'stale' : 'unreachable', error.message, error);
}
