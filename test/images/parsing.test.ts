import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { parseBuilder, sortPlatforms } from '../../deploy/images/builder.ts';
import { sourceUrl } from '../../deploy/images/labels.ts';
import { parsePush } from '../../deploy/images/push.ts';
import { partsOf } from '../../deploy/images/revision.ts';
import { readDebian } from '../../deploy/images/sbom/debian.ts';
import { changeTable, isOneLayerEach } from '../../deploy/images/summary.ts';
import { readWorkspaces } from '../../lab/src/experiments/delivery/code/workspaces.ts';

describe('what docker push printed', () => {
  const digest = `sha256:${'0a'.repeat(32)}`;
  const text = [
    'The push refers to repository [localhost:5000/cleave/posts]',
    '5f70bf18a086: Preparing',
    '1b2c3d4e5f60: Preparing',
    '9a8b7c6d5e4f: Waiting',
    '5f70bf18a086: Layer already exists',
    '9a8b7c6d5e4f: Mounted from cleave/users',
    '1b2c3d4e5f60: Pushed',
    `1.4.0: digest: ${digest} size: 1234`,
  ].join('\n');

  it('tells the digest, the layers that were sent and those that were there', () => {
    assert.deepEqual(parsePush(text), { digest, sent: 1, known: 2 });
  });

  it('is refused when it tells no digest', () => {
    assert.throws(() => parsePush('denied'), /told no digest: denied/);
  });
});

describe('the platforms of a builder', () => {
  const inspected = [
    'Name:          default',
    'Driver:        docker',
    'Nodes:',
    'Name:      default',
    'Platforms: linux/amd64*, linux/386',
  ].join('\n');

  it('are read from what docker buildx inspect prints', () => {
    assert.deepEqual(parseBuilder(inspected), { driver: 'docker', platforms: ['linux/amd64', 'linux/386'] });
  });

  it("are left out but for the own one by the engine's own builder, which says what to do", () => {
    const { built, why } = sortPlatforms(parseBuilder(inspected), ['linux/amd64', 'linux/arm64']);
    assert.deepEqual(built, ['linux/amd64']);
    assert.match(why ?? '', /linux\/arm64 is left out\. One that can: docker buildx create/);
  });

  it('are all built by a builder in a container', () => {
    const asked = ['linux/amd64', 'linux/arm64'];
    const builder = { driver: 'docker-container', platforms: ['linux/amd64'] };
    assert.deepEqual(sortPlatforms(builder, asked), { built: asked, why: undefined });
  });
});

describe('the label that tells the source', () => {
  it('is a page, made of whichever form the remote has, without its password', () => {
    for (const remote of [
      'git@example.org:team/forum.git',
      'ssh://git@example.org:2222/team/forum.git',
      'https://user:secret@example.org/team/forum.git',
      'https://example.org/team/forum',
    ]) {
      assert.equal(sourceUrl(remote), 'https://example.org/team/forum', remote);
    }
  });

  it('is left out for a folder', () => {
    for (const remote of ['', '/srv/git/forum.git', '../forum', 'file:///srv/git/forum.git'])
      assert.equal(sourceUrl(remote), undefined, remote);
  });
});

describe('what an image is made of', () => {
  const workspaces = readWorkspaces();

  it('is the component, what it needs of this repository, and what tells how to build it', () => {
    const parts = partsOf('services/posts', workspaces);
    const made = ['package-lock.json', 'Dockerfile', 'packing/src/*.ts'];
    for (const part of ['services/posts', 'kit', 'module-kit', ...made])
      assert.ok(parts.includes(part), part);
    for (const part of ['services/users', 'gateway', 'lab', 'monolith'])
      assert.ok(!parts.includes(part), part);
  });

  it("is for the monolith every module's code", () => {
    const parts = partsOf('monolith', workspaces);
    for (const name of ['users', 'threads', 'posts']) assert.ok(parts.includes(`services/${name}`), name);
  });

  it('is sent to the builder', async () => {
    const sent = (await readFile(new URL('../../.dockerignore', import.meta.url), 'utf8')).split('\n');
    for (const component of ['monolith', 'gateway', 'services/users', 'services/threads', 'services/posts'])
      for (const part of partsOf(component, workspaces))
        assert.ok(
          part === 'Dockerfile' || part === '.dockerignore' || sent.includes(`!${part.split('/')[0]}`),
          part,
        );
  });
});

describe("what an image has of Debian's packages", () => {
  const release = 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_ID="13"\nID=debian\n';
  const status = `Package: libstdc++6
Status: install ok installed
Architecture: amd64
Version: 14.2.0-19+b1
Description: a library
 Package: in its text

Package: gone
Status: deinstall ok config-files
Architecture: amd64
Version: 1:2.0
`;

  it('is each that is installed, by the name that scanners look for', () => {
    const { system, packages } = readDebian(release, status);
    assert.deepEqual([system.name, system.version], ['debian', '13']);
    assert.deepEqual(
      packages.map(({ purl }) => purl),
      ['pkg:deb/debian/libstdc%2B%2B6@14.2.0-19%2Bb1?arch=amd64&distro=debian-13'],
    );
  });
});

describe('what one changed line did', () => {
  const image = (component: string, newLayers: number, sent: number) => ({
    component,
    layers: 9,
    newLayers,
    newBytes: newLayers * 20_000,
    newCompressedBytes: newLayers * 4_000,
    pushed: { reference: `localhost:5000/cleave/${component}`, digest: 'sha256:0', sent, known: 9 - sent },
  });
  const asItShouldBe = [
    image('monolith', 1, 1),
    image('gateway', 0, 0),
    image('users', 0, 0),
    image('posts', 1, 1),
  ];

  it('is told for each topology', () => {
    const text = changeTable(asItShouldBe);
    assert.match(text, /^posts +1 of 9 +4000 bytes +1 sent, 8 already there$/m);
    assert.match(text, /^microservices: 1 layer in 1 of 3 images\.$/m);
    assert.match(text, /^monolith: 1 layer in 1 of 1 image\.$/m);
  });

  it('is too much when another image has a new layer, or more than that layer was sent', () => {
    assert.ok(isOneLayerEach(asItShouldBe));
    assert.ok(!isOneLayerEach([image('users', 1, 1)]));
    assert.ok(!isOneLayerEach([image('posts', 1, 2)]));
    assert.ok(!isOneLayerEach([image('posts', 0, 0)]));
  });
});
