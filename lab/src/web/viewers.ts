import type { ServerResponse } from 'node:http';
import type { Events } from './messages.ts';

/** Who has the page open, each at the end of a stream of server-sent events. */
export interface Viewers {
  /** Adds a viewer until it goes; tells it `hello` first. */
  add(response: ServerResponse, hello: Events['hello']): void;
  tell<Name extends keyof Events>(name: Name, data: Events[Name]): void;
  count(): number;
  /** Ends all streams. */
  close(): void;
}

/** A viewer that does not read for so long is cut off, so that what it has not read does not pile up. */
const mostUnread = 4 * 1024 * 1024;

/** @param onChange called when a viewer came or went */
export function createViewers(onChange: () => void): Viewers {
  const open = new Set<ServerResponse>();
  const write = (response: ServerResponse, name: string, data: unknown): void => {
    response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    if (response.writableLength > mostUnread) response.destroy();
  };
  return {
    add(response, hello) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      write(response, 'hello', hello);
      open.add(response);
      response.once('close', () => {
        open.delete(response);
        onChange();
      });
      onChange();
    },
    tell(name, data) {
      for (const response of open) write(response, name, data);
    },
    count: () => open.size,
    close() {
      for (const response of open) response.end();
    },
  };
}
