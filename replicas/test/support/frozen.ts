import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A server in a process of its own, which can stand still or vanish. */
export interface Frozen {
  port: number;
  /** It stands still: its machine takes connections, and nothing is answered. */
  freeze(): void;
  /**
   * As if its machine had lost its power: new connections are neither taken nor refused, and on those that are there
   * nothing comes. (It stands still, and the queue of connections that it has not taken is full.)
   */
  vanish(): Promise<void>;
  /** Undoes either. */
  return(): Promise<void>;
}

const backlog = 64;
const source = ({ address, port }: { address: string; port: number }): string => `
  const server = require('node:http').createServer({ keepAliveTimeout: 75000 }, (req, res) => {
    res.setHeader('x-served-by', '${address}');
    setTimeout(() => res.end('ok'), Number(req.headers['x-takes-ms'] ?? 0));
  });
  server.listen({ host: '${address}', port: ${port}, backlog: ${backlog} }, () => console.log(server.address().port));
`;

/** Starts one at an address of this machine, ended with the test. It answers `ok`, after `x-takes-ms` where asked to. */
export async function startFrozen(
  t: TestContext,
  { address = '127.0.0.1', port = 0 }: { address?: string; port?: number },
): Promise<Frozen> {
  const child = spawn(process.execPath, ['--eval', source({ address, port })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const fillers: Socket[] = [];
  t.after(async () => {
    for (const socket of fillers) socket.destroy();
    await ended(child);
  });
  const [line]: unknown[] = await once(child.stdout, 'data');
  const listening = Number(String(line).trim());
  return {
    port: listening,
    freeze: () => void child.kill('SIGSTOP'),
    async vanish() {
      child.kill('SIGSTOP');
      // A queue takes one more than its length; further connections are left without an answer.
      for (let taken = 0; taken <= backlog; taken += 1) {
        const socket = connect(listening, address).on('error', () => {});
        fillers.push(socket);
        await once(socket, 'connect');
      }
    },
    async return() {
      for (const socket of fillers.splice(0)) socket.destroy();
      child.kill('SIGCONT');
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
