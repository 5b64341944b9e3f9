import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Answer, BodyReader, BodyStream } from '../engine.ts';

// What is held for a reader who has not begun. Who reads begins before more is read, so that this is hardly ever met.
const mostHeld = 65_536;

/** An answer whose head is here. What came of its body is held until somebody reads it. */
export class ComingAnswer implements Answer, BodyStream {
  readonly status: number;
  readonly headers: readonly string[];
  readonly #connection: Dispatcher.DispatchController;
  #state: 'coming' | 'whole' | 'broken' | 'given up' = 'coming';
  #held: Buffer[] = [];
  #bytes = 0;
  #reader: BodyReader | undefined;
  #isPaused = false;

  constructor(connection: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders) {
    this.#connection = connection;
    this.status = status;
    this.headers = inTurn(headers);
  }

  /** A small answer comes with its head: by the time that anybody asks, it is whole. */
  get body(): string | BodyStream {
    if (this.#state !== 'whole' || this.#reader) return this;
    const [first] = this.#held;
    if (first === undefined) return '';
    return (this.#held.length === 1 ? first : Buffer.concat(this.#held)).toString('latin1');
  }

  take(piece: Buffer): void {
    if (this.#reader) {
      this.#reader.onPiece(piece);
      return;
    }
    this.#held.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes > mostHeld) this.pause();
  }

  end(): void {
    this.#state = 'whole';
    this.#reader?.onEnd();
  }

  break(): void {
    if (this.#state !== 'coming') return;
    this.#state = 'broken';
    this.#reader?.onBreak();
  }

  read(reader: BodyReader): void {
    this.#reader = reader;
    this.#isPaused = false;
    for (const piece of this.#held) reader.onPiece(piece);
    this.#held = [];
    if (this.#state === 'whole') reader.onEnd();
    else if (this.#state === 'broken') reader.onBreak();
    else if (!this.#isPaused) this.resume();
  }

  pause(): void {
    this.#isPaused = true;
    if (this.#state === 'coming') this.#connection.pause();
  }

  resume(): void {
    this.#isPaused = false;
    if (this.#state === 'coming') this.#connection.resume();
  }

  destroy(): void {
    if (this.#state !== 'coming') return;
    this.#state = 'given up';
    this.#connection.abort(new Error('Nobody reads the answer.'));
  }
}

function inTurn(headers: IncomingHttpHeaders): string[] {
  const list: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') list.push(name, value);
    else for (const each of value ?? []) list.push(name, each);
  }
  return list;
}
