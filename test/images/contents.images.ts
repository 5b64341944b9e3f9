import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { z } from 'zod';
import { inspectImage } from '../../deploy/images/inspect.ts';
import { partsOf } from '../../deploy/images/revision.ts';
import { type BomComponent, bom } from '../../deploy/images/sbom/bom.ts';
import { withImageFiles } from '../../deploy/images/sbom/image-files.ts';
import { readInstalled } from '../../deploy/images/sbom/installed.ts';
import { readWorkspaces, root } from '../../lab/src/experiments/delivery/code/workspaces.ts';
import { type Component, components, folderOf, imageOf, runIn, sbomOf } from './built.ts';

const lock = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional(), version: z.string().optional() })),
});
const { packages } = lock.parse(JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')));
const forDevelopmentOnly = new Set(
  Object.entries(packages)
    .filter(([, { dev }]) => dev)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`),
);

/** The npm packages in an image: the component's, and those that come with the base image. */
const installedIn = (component: Component): Promise<{ ours: BomComponent[]; all: BomComponent[] }> =>
  withImageFiles(imageOf(component), ['/app', '/usr/local/lib'], async (folder) => ({
    ours: readInstalled(join(folder, 'app')),
    all: readInstalled(folder),
  }));

const nested = z.array(bom.shape.components.element);
/** Of components, and of those that are nested in them. */
const purlsOf = (named: z.infer<typeof nested>): string[] =>
  named.flatMap(({ purl, components: below = [] }) => [
    ...(purl === undefined ? [] : [purl]),
    ...purlsOf(nested.parse(below)),
  ]);

/** Every file of ours in an image, as JSON: path, owner, mode, first bytes. */
const listFiles = `
  const files = fs.readdirSync('/app', { recursive: true, withFileTypes: true });
  console.log(JSON.stringify(files.filter((each) => !each.isSymbolicLink()).map((each) => {
    const path = each.parentPath + '/' + each.name;
    const { uid, mode } = fs.statSync(path);
    const isElf = each.isFile() && fs.readFileSync(path).subarray(0, 4).toString('latin1') === '\\x7fELF';
    return { path, uid, mode, isElf };
  })));`;
const listed = z.array(z.object({ path: z.string(), uid: z.int(), mode: z.int(), isElf: z.boolean() }));
const filesIn = async (component: Component) =>
  listed.parse(JSON.parse(await runIn(imageOf(component), listFiles)));

for (const component of components) {
  describe(`the image of ${component}`, () => {
    let installed: Awaited<ReturnType<typeof installedIn>>;
    let files: z.infer<typeof listed>;
    before(async () => {
      installed = await installedIn(component);
      files = await filesIn(component);
    });

    it('runs as an ordinary user, and neither its program nor its health check needs a shell', async () => {
      const { User, Entrypoint, Cmd, Healthcheck } = (await inspectImage(imageOf(component))).Config;
      assert.equal(User, '1000:1000');
      assert.deepEqual(Entrypoint ?? [], []);
      assert.deepEqual(Cmd, ['node', 'src/main.ts']);
      assert.deepEqual(Healthcheck?.Test.slice(0, 2), ['CMD', 'node']);
    });

    it('tells what it is, of which version and of which commit', async () => {
      const { Labels } = (await inspectImage(imageOf(component))).Config;
      const label = (name: string) => Labels?.[`org.opencontainers.image.${name}`] ?? '';
      assert.equal(label('title'), `Cleave: ${component}`);
      assert.equal(label('licenses'), 'MIT');
      assert.match(label('version'), /^\d+\.\d+\.\d+$/);
      assert.match(label('revision'), /^[0-9a-f]{40}(-dirty)?$/);
      assert.match(label('created'), /^\d{4}-\d\d-\d\dT/);
      assert.match(label('base.name'), /^node:/);
    });

    it('holds no file that its user may change, and none that runs on one platform only', () => {
      assert.ok(files.length > 500);
      assert.deepEqual(
        files.filter(({ uid, mode }) => uid !== 0 || (mode & 0o6022) !== 0),
        [],
      );
      assert.deepEqual(
        files.filter(({ path, isElf }) => isElf || path.endsWith('.node')),
        [],
      );
    });

    it('holds no package for development', () => {
      const names = installed.ours.map(({ name, version }) => `${name}@${version}`);
      assert.ok(names.length > 20);
      assert.deepEqual(
        names.filter((name) => forDevelopmentOnly.has(name)),
        [],
      );
    });

    it('holds of this repository what the component needs, without tests and documents', () => {
      const paths = files.map(({ path }) => path);
      const ours = paths.filter((path) => !path.startsWith('/app/node_modules'));
      const expected = partsOf(folderOf(component), readWorkspaces()).filter(
        (part) => !/\.|Dockerfile/.test(part),
      );
      const found = new Set(ours.flatMap((path) => /^\/app\/(.+)\/package\.json$/.exec(path)?.[1] ?? []));
      assert.deepEqual([...found].sort(), expected.sort());
      assert.deepEqual(
        ours.filter((path) => /\/test(\/|$)|\.test\.|\.md$|\/\.|tsconfig/.test(path)),
        [],
      );
    });

    it('has an SBOM that names exactly the packages that are in it, with Node and Debian', async () => {
      const { components: named } = bom.parse(JSON.parse(readFileSync(sbomOf(component), 'utf8')));
      const purls = [...new Set(purlsOf(named).map((purl) => purl.split('?')[0] ?? purl))];
      const npm = purls.filter((purl) => /^pkg:npm\/(?!%40cleave\/)/.test(purl));
      assert.deepEqual(npm.sort(), purlsOf(installed.all).sort());
      const version = await runIn(imageOf(component), 'console.log(process.versions.node)');
      assert.ok(purls.includes(`pkg:generic/node@${version}`));
      assert.ok(purls.filter((purl) => purl.startsWith('pkg:deb/debian/')).length > 50);
    });
  });
}
