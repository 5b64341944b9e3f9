import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectImage } from '../inspect.ts';
import type { Target } from '../targets.ts';
import type { Bom, BomComponent } from './bom.ts';
import { readDebian } from './debian.ts';
import { withImageFiles } from './image-files.ts';
import { readInstalled } from './installed.ts';
import { readNpmBom } from './npm.ts';

const paths = ['/usr/lib/os-release', '/var/lib/dpkg/status', '/usr/local/lib'];

/**
 * Writes what is in an image, in CycloneDX: Debian's packages, Node, npm that comes with it, and the packages of the
 * component. An image that has not changed has the same SBOM, to the letter.
 * @returns the file
 */
export async function writeSbom(target: Target, image: string, folder: string): Promise<string> {
  const file = join(folder, `${target.component}.cdx.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(await describe(target, image), null, 2)}\n`);
  return file;
}

async function describe({ component, folder }: Target, image: string): Promise<Bom> {
  const npm = await readNpmBom(folder);
  const base = await readBase(image);
  const { Id: id, Config } = await inspectImage(image);
  const self: BomComponent = {
    type: 'container',
    'bom-ref': `cleave/${component}`,
    name: `cleave/${component}`,
    version: Config.Labels?.['org.opencontainers.image.version'] ?? 'unversioned',
    properties: [
      { name: 'cleave:image:id', value: id },
      ...Object.entries(Config.Labels ?? {}).map(([name, value]) => ({ name, value })),
    ],
  };
  const top = npm.metadata.component['bom-ref'];
  return {
    ...npm,
    metadata: { ...npm.metadata, component: self },
    components: [...base, ...npm.components],
    dependencies: [
      { ref: self['bom-ref'], dependsOn: [...base.map((each) => each['bom-ref']), ...needsOf(npm, top)] },
      ...npm.dependencies.filter(({ ref }) => ref !== top),
    ],
  };
}

const needsOf = ({ dependencies }: Bom, top: string): string[] =>
  dependencies.find(({ ref }) => ref === top)?.dependsOn ?? [];

/** What an image has of its base image. */
function readBase(image: string): Promise<BomComponent[]> {
  return withImageFiles(image, paths, async (folder) => {
    const release = await readFile(join(folder, 'os-release'), 'utf8');
    const { system, packages } = readDebian(release, await readFile(join(folder, 'status'), 'utf8'));
    return [system, ...packages, await readNode(image), ...readInstalled(folder)];
  });
}

/** By the variable that the official images tell their version with. */
async function readNode(image: string): Promise<BomComponent> {
  const { Config } = await inspectImage(image);
  const version = Config.Env.find((variable) => variable.startsWith('NODE_VERSION='))?.split('=')[1];
  if (version === undefined)
    throw new Error(`${image} does not tell which Node it has: NODE_VERSION is not set.`);
  const purl = `pkg:generic/node@${version}`;
  const cpe = `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`;
  return { type: 'platform', 'bom-ref': purl, name: 'node', version, purl, cpe };
}
