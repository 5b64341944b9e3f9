import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { type FaultKind, ReplicaFault, tellsOfNobody } from '@cleave/replicas/fault';
import { createPatience, type Patience } from '@cleave/replicas/patience';
import type { Attempt } from '@cleave/replicas/send';
import type { Dispatcher } from 'undici';
import type { Answer } from '../engine.ts';
import { ClientGone } from '../faults.ts';
import { ComingAnswer } from './coming-answer.ts';

/** One request and its answer: what undici tells of them, made into what an engine tells. */
export class Exchange implements Attempt<Answer>, Dispatcher.DispatchHandler {
  readonly answer: Promise<Answer>;
  /** Where it is sent; set before it is. */
  connection: { count(): boolean } | undefined;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: Error) => void;
  readonly #client: ServerResponse;
  readonly #onGone = (): void => this.end(new ClientGone('The client left.'));
  readonly #tooLate: Patience;
  #isFirst = true;
  #sending: Dispatcher.DispatchController | undefined;
  #coming: ComingAnswer | undefined;
  #ended: Error | undefined;

  /** @param client for whom the answer is; when it leaves, this ends */
  constructor(client: ServerResponse, address: string, withinMs: number) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.answer = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#client = client.once('close', this.#onGone);
    this.#tooLate = createPatience(withinMs, () =>
      this.end(new ReplicaFault('slow', `${address} gave no answer`)),
    );
  }

  end(error: Error): void {
    this.#ended ??= error;
    this.#settle();
    this.#reject(error);
    if (this.#coming) this.#coming.destroy();
    else this.#sending?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#sending = controller;
    this.#isFirst = this.connection?.count() ?? true;
    if (this.#ended) controller.abort(this.#ended); // while it waited for a connection
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return; // something comes before the answer
    this.#settle();
    this.#coming = new ComingAnswer(controller, status, headers);
    this.#resolve(this.#coming);
  }

  onResponseData(_controller: Dispatcher.DispatchController, piece: Buffer): void {
    this.#coming?.take(piece);
  }

  onResponseEnd(): void {
    this.#coming?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#coming) {
      this.#coming.break();
      return;
    }
    this.#settle();
    this.#reject(new ReplicaFault(kindOf(error, this.#isFirst), error.message, error));
  }

  #settle(): void {
    this.#tooLate.end();
    this.#client.off('close', this.#onGone);
  }
}

const lostConnection = new Set<unknown>(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

function kindOf(error: Error & { code?: string }, isFirst: boolean): FaultKind {
  if (tellsOfNobody(error)) return 'gone';
  // the other side may have closed it at the moment of its reuse
  return !isFirst && lostConnection.has(error.code) ? 'stale' : 'unreachable';
}
