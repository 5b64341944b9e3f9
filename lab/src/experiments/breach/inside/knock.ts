import { request } from 'node:http';
import { connect } from 'node:net';
import type { Cell } from '../record.ts';
import { cell, codeOf, outcomeOf, together } from './answers.ts';

/** How long anything outside of the process may take to answer. */
export const PATIENCE_MS = 1_500;

/** Opens a TCP connection and closes it. @throws Error with the system's code, or `timeout` */
export function open(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, timeout: PATIENCE_MS });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => socket.destroy(new Error('timeout')));
    socket.once('error', reject);
  });
}

/** Tries to open a TCP connection to any of these addresses. */
export async function knock(addresses: readonly string[], port: number): Promise<Cell> {
  const attempts = addresses.map(async (address) => {
    const tried = `TCP to ${address}:${port}`;
    return open(address, port).then(
      () => cell('reached', tried, 'connected'),
      (error: unknown) => cell(outcomeOf(error), tried, codeOf(error)),
    );
  });
  return together(await Promise.all(attempts));
}

interface Answer {
  status: number;
  servedBy: string;
}

/** One GET. @throws Error with the system's code, or `timeout` */
function get(address: string, port: number, path: string, token: string | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const asked = request({ host: address, port, path, headers, timeout: PATIENCE_MS, agent: false });
    asked.once('timeout', () => asked.destroy(new Error('timeout')));
    asked.once('error', reject);
    asked.once('response', (response) => {
      response.resume();
      const servedBy = String(response.headers['x-served-by'] ?? '');
      resolve({ status: response.statusCode ?? 0, servedBy });
    });
    asked.end();
  });
}

/** What is asked for: an answer counts only when it is this instance's. */
export interface Endpoint {
  addresses: readonly string[];
  port: number;
  path: string;
  instance: string;
}

/** Asks every address for a path, with no token and with each that is known, until one is answered with 2xx. */
export async function ask(endpoint: Endpoint, tokens: readonly string[] = []): Promise<Cell> {
  const cells: Cell[] = [];
  for (const address of endpoint.addresses) {
    const asked = await askWithAny(endpoint, address, tokens);
    if (asked.outcome === 'reached') return asked;
    cells.push(asked);
  }
  return together(cells);
}

/** The answer that came nearest: the first that is not about the token, or else the last. */
async function askWithAny(endpoint: Endpoint, address: string, tokens: readonly string[]): Promise<Cell> {
  let asked = await askOne(endpoint, address, undefined);
  for (const token of tokens) {
    if (asked.answered !== '401') break;
    asked = await askOne(endpoint, address, token);
  }
  return asked;
}

async function askOne(endpoint: Endpoint, address: string, token: string | undefined): Promise<Cell> {
  const { port, path, instance } = endpoint;
  const tried = `GET ${path} at ${address}:${port}${token === undefined ? '' : ' with a token'}`;
  try {
    const { status, servedBy } = await get(address, port, path, token);
    if (servedBy !== instance) return cell('unreachable', tried, 'that is another process');
    return cell(status >= 200 && status < 300 ? 'reached' : 'refused', tried, String(status));
  } catch (error) {
    return cell(outcomeOf(error), tried, codeOf(error));
  }
}
