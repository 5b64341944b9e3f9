import { type Agent, type ClientRequest, IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { type FaultKind, ReplicaFault, tellsOfNobody } from '@cleave/replicas/fault';
import { createPatience } from '@cleave/replicas/patience';
import type { Attempt } from '@cleave/replicas/send';
import type { Outgoing } from '../engine.ts';
import { ClientGone } from '../faults.ts';
import { createProxyServer } from './http-proxy.ts';

/** Where a request goes, on which connections (none: one of its own), and how long it may take. */
export interface Destination {
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
 * Sends a request once; the answer is its head, and its body is the caller's to read or destroy. It is given up when
 * `res`, for which the answer is, closes first: then it rejects with ClientGone.
 */
export function forward(
  res: ServerResponse,
  outgoing: Outgoing,
  destination: Destination,
): Attempt<IncomingMessage> {
  const { address: host, port, agent, connectMs, headMs } = destination;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
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
  const failWith = (kind: FaultKind, message: string) => () => fail(new ReplicaFault(kind, message));
  const onGone = (): void => fail(new ClientGone('The client left.'));
  const tooLate = createPatience(headMs, failWith('slow', `${host} gave no answer`));
  const notConnected = createPatience(connectMs, failWith('gone', `${host} gave no connection`));

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
    if ((answer.statusCode ?? 0) < 200) return fail(new ReplicaFault('unreachable', 'not an HTTP status'));
    settle();
    resolve(answer);
  });
  res.once('close', onGone);
  proxy.web(new RequestCopy(outgoing), res, {}, (error) => fail(toFault(error, request)));
  return { answer: promise, end: fail };
}

const lostConnection = new Set<unknown>(['ECONNRESET', 'EPIPE']);

function toFault(error: Error & { code?: string }, request: ClientRequest | undefined): ReplicaFault {
  if (request?.reusedSocket === true && lostConnection.has(error.code)) {
    return new ReplicaFault('stale', error.message, error);
  }
  return new ReplicaFault(tellsOfNobody(error) ? 'gone' : 'unreachable', error.message, error);
}
