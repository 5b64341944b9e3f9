import type { IncomingMessage, ServerResponse } from 'node:http';

/** A client's request, its body read, and where its answer goes. */
export interface Client {
  req: IncomingMessage;
  res: ServerResponse;
  requestId: string;
  body: Buffer;
  /** Headers of the gateway's own, names and values in turn; an upstream that says one of them is believed. */
  own: readonly string[];
}
