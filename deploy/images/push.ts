import { read } from '../../lab/src/environments/compose/command.ts';

/** What a push did. */
export interface Pushed {
  /** With the registry: `localhost:5000/cleave/posts:local`. */
  reference: string;
  digest: string;
  /** Layers that were sent. */
  sent: number;
  /** Layers that the registry had, in this repository or in another one. */
  known: number;
}

/** Tags an image for a registry and pushes it there. @throws Error with what the registry answered */
export async function push(image: string, reference: string, signal: AbortSignal): Promise<Pushed> {
  await read('docker', ['tag', image, reference]);
  return { reference, ...parsePush(await read('docker', ['push', reference], { signal })) };
}

/** From what `docker push` prints when nobody looks on: a line for each state that a layer comes to. */
export function parsePush(text: string): Omit<Pushed, 'reference'> {
  const states = new Map<string, string>();
  for (const [, layer = '', state = ''] of text.matchAll(/^([0-9a-f]{12}): (.+)$/gm))
    states.set(layer, state);
  const ends = [...states.values()];
  const digest = / digest: (sha256:[0-9a-f]{64}) /.exec(text)?.[1];
  if (digest === undefined) throw new Error(`docker push told no digest: ${text}`);
  const known = ends.filter((state) => /^(Layer already exists|Mounted from )/.test(state)).length;
  return { digest, sent: ends.filter((state) => state === 'Pushed').length, known };
}
