import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { dockerAt } from '../compose/command.ts';
import { type Engine, EngineError } from '../compose/engine.ts';
import type { Node } from './nodes.ts';

const image = z.object({ Id: z.string() });

/** Copies images from an engine to those nodes that have none of the name, or another one. */
export async function loadImages(
  from: Engine,
  to: readonly Node[],
  images: readonly string[],
): Promise<void> {
  for (const node of to) {
    const lacking: string[] = [];
    for (const name of images) {
      if ((await idOf(from, name)) !== (await idOf(node.engine, name))) lacking.push(name);
    }
    if (lacking.length > 0) await copy(lacking, node);
  }
}

async function idOf(engine: Engine, name: string): Promise<string | undefined> {
  try {
    return image.parse(await engine.get(`/images/${name}/json`)).Id;
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return undefined;
    throw error;
  }
}

async function copy(images: readonly string[], { name, host }: Node): Promise<void> {
  const save = spawn('docker', ['save', ...images], { stdio: ['ignore', 'pipe', 'inherit'] });
  const load = spawn('docker', [...dockerAt(host), 'load', '--quiet'], { stdio: ['pipe', 'ignore', 'pipe'] });
  load.stdin.on('error', () => undefined); // a loader that ends early says why
  save.stdout.pipe(load.stdin);
  const [said, [saved], [loaded]] = await Promise.all([
    text(load.stderr),
    once(save, 'close'),
    once(load, 'close'),
  ]);
  if (saved !== 0 || loaded !== 0)
    throw new Error(`${images.join(', ')} could not be loaded on ${name}: ${said}`);
}
