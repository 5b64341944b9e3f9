import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, componentSchema, readConfig } from '@cleave/kit/config';
import { z } from 'zod';

const schema = componentSchema.extend({
  DATABASE_URL: z.url({ protocol: /^postgres$/ }),
  DATABASE_POOL: z.coerce.number().min(1),
  USERS_URL: z.url({ protocol: /^http$/ }),
});
const env = {
  PORT: '4001',
  ADMIN_PORT: '4002',
  DATABASE_URL: 'postgres://app:secret@127.0.0.1:5432/forum',
  DATABASE_POOL: '4',
  USERS_URL: 'http://users:4000',
};

const complaint = (values: NodeJS.ProcessEnv): string => {
  try {
    readConfig(schema, values);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};

describe('the configuration', () => {
  it('is parsed, with defaults, into an object that cannot be changed', () => {
    const config = readConfig(schema, { ...env, UNRELATED: 'x' });
    assert.equal(config.PORT, 4001);
    assert.equal(config.HOST, '127.0.0.1');
    assert.equal('UNRELATED' in config, false);
    assert.throws(() => Object.assign(config, { PORT: 1 }), TypeError);
  });

  it('names the variable that is not set, also when it is empty', () => {
    assert.match(complaint({ ...env, DATABASE_URL: undefined }), /^DATABASE_URL is not set: .+\.$/);
    assert.match(complaint({ ...env, DATABASE_URL: '' }), /^DATABASE_URL is not set/);
  });

  it('names the variable whose value is wrong, never the value', () => {
    const wrong: [string, string][] = [
      ['PORT', 'none'],
      ['PORT', '70000'],
      ['ADMIN_PORT', '1.5'],
      ['DATABASE_POOL', '0'],
      ['DATABASE_URL', 'mysql://root:s3cret@db/forum'],
      ['USERS_URL', 'ftp://s3cret'],
      ['LOG_LEVEL', 'loud-s3cret'],
      ['INSTANCE', 'a b s3cret'],
      ['CONTROL_TOKEN', 's3cret'],
    ];
    for (const [name, value] of wrong) {
      const sentence = complaint({ ...env, [name]: value });
      assert.match(sentence, new RegExp(`^${name} has a value that cannot be used: .+\\.$`));
      assert.doesNotMatch(sentence, /s3cret|70000/);
    }
  });

  it('takes any variable from a file instead', (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'cleave-config-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'url');
    writeFileSync(file, `${env.DATABASE_URL}\n`);
    const config = readConfig(schema, { ...env, DATABASE_URL: undefined, DATABASE_URL_FILE: file });
    assert.equal(config.DATABASE_URL, env.DATABASE_URL);
    const missing = complaint({ ...env, DATABASE_URL_FILE: join(folder, 'none') });
    assert.equal(missing, 'DATABASE_URL_FILE names a file that cannot be read.');
  });
});
