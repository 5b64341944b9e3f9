import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Attempt } from '@cleave/replicas/send';
import type { Limits } from './limits.ts';

/** A request as an upstream is to receive it; `path` with its query, exactly as the client sent it. */
export interface Outgoing {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Where a request goes, and how long the head of its answer may take. */
export interface Destination {
  address: string;
  /** On a connection of its own. */
  isFresh: boolean;
  withinMs: number;
}

/** An upstream's answer. */
export interface Answer {
  status: number;
  /** Names in lower case and values, in turn. */
  headers: readonly string[];
  /** All of it, one character for each byte, where it came with the head; else what is to be read or destroyed. */
  body: string | BodyStream;
}

/** A body that comes in pieces. */
export interface BodyStream {
  /** Begins to read. What has already come is told before this returns. */
  read(reader: BodyReader): void;
  pause(): void;
  resume(): void;
  /** Ends it, and its connection. Its reader is told nothing more. */
  destroy(): void;
}

/** Who reads a body is told of each piece, then of its end or of its break. */
export interface BodyReader {
  onPiece(bytes: Buffer): void;
  onEnd(): void;
  onBreak(): void;
}

/** How requests get to the replicas of one upstream: the only part that knows connections. */
export interface Engine {
  /**
   * Sends a request once. It is given up when `client`, for which the answer is, closes first.
   * Rejects with a ReplicaFault, or with ClientGone.
   */
  forward(client: ServerResponse, outgoing: Outgoing, destination: Destination): Attempt<Answer>;
  /** Closes its connections at rest; those in use are closed when they come to rest. */
  close(): void;
}

/** Makes the engine of an upstream whose replicas are at `port`. */
export type OpenEngine = (port: number, limits: Limits) => Engine;
