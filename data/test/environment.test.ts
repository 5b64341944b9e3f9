import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { layouts, type Owner, runnerOf } from '../../lab/src/environments/layout.ts';
import { openDataFolder } from '../../lab/src/environments/local/data-folder.ts';
import { migrateCommand } from '../../lab/src/environments/local/service-command.ts';
import { portsSchema, readState, writeState } from '../../lab/src/environments/local/state.ts';
import { findEnvironment } from '../src/environment.ts';

const service = { port: 1, adminPort: 2, controlPort: 3 };
const ports = portsSchema.parse({
  databases: { 'monolith-db': 4001, 'users-db': 4002, 'threads-db': 4003, 'posts-db': 4004 },
  services: { monolith: service, gateway: service, users: service, threads: service, posts: service },
});

describe('finding the environment', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'data-test-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('reads from a running one the very URLs that its migrations ran with', async () => {
    const opened = await openDataFolder(join(folder, 'running'), false);
    const state = { ...(await readState(opened.path)), ports };
    await writeState(opened.path, state);
    const { urls } = await findEnvironment(opened.path);
    const home = { folder: opened.path, state, ports };
    const urlOf = (owner: Owner) => {
      const layout = owner === 'monolith' ? layouts.monolith : layouts.microservices;
      const { store } = runnerOf(layout, owner === 'monolith' ? 'users' : owner);
      return migrateCommand(owner, store, home).env?.DATABASE_MIGRATOR_URL;
    };
    assert.deepEqual(urls, {
      'monolith-db': urlOf('monolith'),
      'users-db': urlOf('users'),
      'threads-db': urlOf('threads'),
      'posts-db': urlOf('posts'),
    });
    await opened.release();
  });

  it('does not take the folder of one that has ended for running', async () => {
    const opened = await openDataFolder(join(folder, 'ended'), false);
    await opened.release();
    await assert.rejects(findEnvironment(opened.path), /^CannotLoad: No environment is running on /);
    await assert.rejects(
      findEnvironment(join(folder, 'nothing')),
      /^CannotLoad: No environment is running on /,
    );
  });
});
