import { Client, type Dispatcher } from 'undici';
import { Exchange } from './exchange.ts';

/** One connection after the other, each for many requests; each request can ask for its place among them. */
export class CountingClient extends Client {
  #sent = 0;

  constructor(origin: string | URL, options: Client.Options) {
    super(origin, options);
    this.on('connect', () => {
      this.#sent = 0;
    });
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (handler instanceof Exchange) handler.connection = this;
    return super.dispatch(options, handler);
  }

  /** Counts a request. @returns whether it is the first on its connection */
  count(): boolean {
    this.#sent += 1;
    return this.#sent === 1;
  }
}
