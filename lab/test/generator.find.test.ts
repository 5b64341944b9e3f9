import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findGenerator } from '../src/generator/find-generator.ts';
import { findK6 } from '../src/generator/find-k6.ts';
import { reachHost } from '../src/generator/k6-docker.ts';
import { readGeneratorSettings } from '../src/generator/settings.ts';

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** A machine that has only these programs, each a shell script. */
const machineWith = async (programs: Record<string, string>) => {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-path-'));
  folders.push(folder);
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return readGeneratorSettings({ PATH: bin, XDG_CACHE_HOME: join(folder, 'cache') });
};

const search = async (programs: Record<string, string>) => {
  const said: string[] = [];
  const k6 = await findK6(await machineWith(programs), (line) => said.push(line));
  return { found: k6 && `${k6.version} from ${k6.origin}`, said: said.join('\n') };
};

const K6 = 'echo "k6 v1.4.2 (go1.25.0, linux/amd64)"';
const OLD_K6 = 'echo "k6 v0.49.0 (go1.21.0, linux/amd64)"';
/** Docker whose engine has the image, or else can or cannot pull it. */
const docker = (image: 'present' | 'pullable' | 'out of reach') => `
case "$1" in
  image) ${image === 'present' ? 'echo sha256:0' : 'exit 1'} ;;
  info) echo 28.0.0 ;;
  pull) ${image === 'pullable' ? 'exit 0' : 'exit 1'} ;;
  run) echo "k6 v2.2.0 (go1.26.8, linux/amd64)" ;;
esac`;
/** Go that writes its output where -o says. */
const GO = `
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho "k6 v2.2.0 (go1.26.8, linux/amd64)"\\n' > "$2"
/bin/chmod 755 "$2"`;

test('k6 on the PATH goes before all else', async () => {
  assert.equal((await search({ k6: K6, docker: docker('present'), go: GO })).found, '1.4.2 from PATH');
});

test('a k6 that is too old is passed over, and that is said', async () => {
  const { found, said } = await search({ k6: OLD_K6, docker: docker('present') });
  assert.equal(found, '2.2.0 from Docker');
  assert.match(said, /PATH is 0\.49\.0; 1\.0 or later is needed/);
});

test('an image that can be pulled is pulled', async () => {
  const { found, said } = await search({ docker: docker('pullable'), go: GO });
  assert.equal(found, '2.2.0 from Docker');
  assert.match(said, /Pulling/);
});

test('without an image k6 is built with Go, and only once', async () => {
  const settings = await machineWith({ docker: docker('out of reach'), go: GO });
  const said: string[] = [];
  const first = await findK6(settings, (line) => said.push(line));
  assert.equal(first?.origin, 'Go');
  assert.match(said.join('\n'), /could not be pulled[\s\S]*Building k6/);
  said.length = 0;
  assert.equal((await findK6(settings, (line) => said.push(line)))?.origin, 'Go');
  assert.deepEqual(said, []);
});

test('a build that fails says why', async () => {
  const { found, said } = await search({ go: 'echo "no network" >&2; exit 1' });
  assert.equal(found, undefined);
  assert.match(said, /The build failed: no network/);
});

test('with nothing at all the preview is left, and says that it is one', async () => {
  const said: string[] = [];
  const generator = await findGenerator({ log: (line) => said.push(line), settings: await machineWith({}) });
  assert.deepEqual([generator.engine.name, generator.preview], ['autocannon', true]);
  assert.match(said.join('\n'), /preview/);
});

test("settings of k6 in the caller's environment do not reach the load", () => {
  const { env } = readGeneratorSettings({ PATH: '/bin', K6_VUS: '5', HOME: '/home/someone' });
  assert.deepEqual(env, { PATH: '/bin', HOME: '/home/someone' });
});

test('from a virtual machine the host has another name', () => {
  assert.deepEqual(reachHost('linux', 'http://127.0.0.1:3000').baseUrl, 'http://127.0.0.1:3000');
  assert.deepEqual(reachHost('darwin', 'http://127.0.0.1:3000').baseUrl, 'http://host.docker.internal:3000');
  assert.deepEqual(reachHost('darwin', 'http://localhost.example').baseUrl, 'http://localhost.example');
});
