import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type RouteTable, routeTableSchema } from './route-table.ts';

/** A route table that cannot be used; the message is one sentence that says why. */
export class BadRoutes extends Error {}

/** Told of each later content of the file. */
export interface RoutesListener {
  onTable: (table: RouteTable) => void;
  onBad: (error: BadRoutes) => void;
}

// Reading a page every half second sees what file events miss: the swapped links of a mounted ConfigMap, a file
// bound into a container, a network drive.
const intervalMs = 500;

/**
 * Reads the routes file, and goes on watching it.
 * @returns what it holds now, and a function that begins the watch and returns one that ends it
 * @throws BadRoutes when the file cannot be read, is not JSON, or does not hold a route table
 */
export function openRoutesFile(path: string): {
  table: RouteTable;
  watch: (listener: RoutesListener) => () => void;
} {
  let seen = read(path);
  const reread = ({ onTable, onBad }: RoutesListener): void => {
    try {
      const text = read(path);
      if (text === seen) return;
      seen = text;
      onTable(parse(text));
    } catch (error) {
      if (!(error instanceof BadRoutes)) throw error;
      onBad(error);
    }
  };
  const watch = (listener: RoutesListener): (() => void) => {
    const timer = setInterval(reread, intervalMs, listener).unref();
    return () => clearInterval(timer);
  };
  return { table: parse(seen), watch };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadRoutes('The routes file cannot be read.', { cause: error });
  }
}

function parse(text: string): RouteTable {
  try {
    return routeTableSchema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? describe(error) : 'it is not JSON';
    throw new BadRoutes(`The routes file cannot be used: ${reason}.`, { cause: error });
  }
}

function describe(error: z.ZodError): string {
  const { path, message } = error.issues[0] ?? { path: [], message: 'unknown' };
  return path.length === 0 ? message : `${path.join('.')} ${message}`;
}
