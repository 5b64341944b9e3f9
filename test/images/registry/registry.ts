// A registry in a container, for as long as a test needs one.
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { read } from '../../../lab/src/environments/compose/command.ts';
import { until } from '../../support/until.ts';

const image = 'cleave-test/registry';
const folder = fileURLToPath(new URL('.', import.meta.url));
const manifest = z.object({ layers: z.array(z.object({ digest: z.string(), size: z.number() })) });
const catalog = z.object({ repositories: z.array(z.string()) });

export interface Registry {
  /** Host and port: what a reference to an image in it begins with. */
  host: string;
  repositories(): Promise<string[]>;
  /** Digests of an image's layers. */
  layersOf(repository: string, reference: string): Promise<string[]>;
  /** Digests of everything that it stores: layers, configurations and manifests. */
  blobs(): Promise<Set<string>>;
  stop(): Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  await read('docker', ['build', '--quiet', '--tag', image, folder]);
  const container = await read('docker', ['run', '--detach', '--rm', '--publish=127.0.0.1::5000', image]);
  // Docker takes every address of 127.0.0.0/8 for a registry without TLS
  const host = await read('docker', ['port', container, '5000/tcp']);
  await until(
    'the registry answers',
    async () => {
      const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
      return answer?.ok ?? false;
    },
    60,
  );
  return {
    host,
    async repositories() {
      return catalog.parse(await (await fetch(`http://${host}/v2/_catalog`)).json()).repositories.sort();
    },
    async layersOf(repository, reference) {
      const accept = [
        'application/vnd.docker.distribution.manifest.v2+json',
        'application/vnd.oci.image.manifest.v1+json',
      ];
      const answer = await fetch(`http://${host}/v2/${repository}/manifests/${reference}`, {
        headers: { accept: accept.join(', ') },
      });
      return manifest.parse(await answer.json()).layers.map(({ digest }) => digest);
    },
    async blobs() {
      const root = '/var/lib/registry/docker/registry/v2/blobs/sha256';
      const found = await read('docker', [
        'exec',
        container,
        'find',
        root,
        '-mindepth',
        '2',
        '-maxdepth',
        '2',
      ]);
      return new Set(found.split('\n').map((path) => `sha256:${path.split('/').at(-1)}`));
    },
    stop: async () => {
      await read('docker', ['stop', container]);
    },
  };
}
