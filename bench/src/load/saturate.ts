// As many requests as something answers to a number of connections that always ask for more (closed loop). wrk, since a
// generator that needs much CPU takes it from what it measures.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Program } from '../peers/debian.ts';
import { runProgram } from '../run/command.ts';
import type { Sent } from './sent.ts';

const script = join(import.meta.dirname, 'wrk.lua');

const resultSchema = z.object({
  requests: z.int(),
  failed: z.int(),
  seconds: z.number().positive(),
  values: z.object({ p50Ms: z.number(), p99Ms: z.number() }),
});

export interface SaturateOptions {
  /** `http://host:port` */
  origin: string;
  /** A file with a request a line, as wrk.lua has it; they are sent in random order. */
  pathsFile: string;
  connections: number;
  /** A whole number. */
  seconds: number;
  seed: number;
}

/** Loads `origin` until `seconds` are over. */
export async function saturate({ file, env }: Program, options: SaturateOptions): Promise<Sent> {
  const { origin, pathsFile, connections, seconds, seed } = options;
  const flags = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '2s', '-s', script];
  const tag = randomBytes(4).toString('hex');
  const output = await runProgram(file, [...flags, origin, '--', pathsFile, String(seed), tag], {
    env,
    timeoutMs: (seconds + 10) * 1_000,
  });
  return resultSchema.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
}
