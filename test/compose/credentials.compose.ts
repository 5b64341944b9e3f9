import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { read } from '../../lab/src/environments/compose/command.ts';
import { components, compose, databases, inside } from './containers.ts';

const owners = ['monolith', 'users', 'threads', 'posts'];

/** A credential as its reader gets it. */
const credentialsOf = async (owner: string): Promise<string[]> => [
  await inside(owner, 'cat', '/credentials/app/url'),
  await inside(`${owner}-db`, 'cat', '/credentials/superuser/password'),
  await compose('run', '--rm', '--no-deps', '-T', `${owner}-migrate`, 'cat', '/credentials/migrator/url'),
];

const passwordIn = (credential: string): string =>
  credential.startsWith('postgres:') ? new URL(credential).password : credential;

describe('the credentials', () => {
  const passwords: string[] = [];

  before(async () => {
    for (const owner of owners) passwords.push(...(await credentialsOf(owner)).map(passwordIn));
  });

  it('are twelve random ones: three for each database', () => {
    assert.equal(new Set(passwords).size, 12);
    for (const password of passwords) assert.match(password, /^[0-9a-f]{48}$/);
  });

  it('appear in no container, image or log', async () => {
    const containers = (await compose('ps', '--all', '--quiet')).split('\n');
    const images = [...components.map((name) => `cleave/${name}:local`)];
    const histories = images.map((image) => read('docker', ['history', '--no-trunc', image]));
    const seen = [
      await read('docker', ['inspect', ...containers]),
      await read('docker', ['image', 'inspect', ...images]),
      ...(await Promise.all(histories)),
      await compose('logs', '--no-color'),
      await compose('config'),
    ].join('\n');
    for (const password of passwords) assert.equal(seen.includes(password), false);
  });

  for (const owner of owners) {
    it(`give the ${owner} component its own and no other`, async () => {
      assert.equal(await inside(owner, 'ls', '/credentials'), 'app');
    });
  }

  it('give the gateway none', async () => {
    await assert.rejects(inside('gateway', 'ls', '/credentials'), /No such file/);
  });

  for (const database of databases) {
    it(`give ${database} its superuser's password only`, async () => {
      assert.equal(await inside(database, 'ls', '/credentials'), 'superuser');
      await assert.rejects(inside(database, 'cat', '/credentials/superuser/url'), /Permission denied/);
    });
  }

  it('cannot be changed by their readers', async () => {
    const listed = await inside('users', 'stat', '--format=%a %u %g', '/credentials/app/url');
    assert.equal(listed, '440 0 1000');
    await assert.rejects(inside('users', 'touch', '/credentials/app/url'), /Read-only|Permission denied/);
  });
});
