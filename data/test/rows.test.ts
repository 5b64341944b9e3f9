import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { chunks } from '../src/copy-format.ts';
import { lastId, planFor, seeded } from '../src/plan.ts';
import type { Row } from '../src/rows/row.ts';
import { tables } from '../src/tables.ts';

const plan = planFor(20_000, 1);

function hash(posts: number, seed: number): string {
  const digest = createHash('sha256');
  const hashed = planFor(posts, seed);
  for (const table of Object.values(tables)) {
    for (const { bytes } of chunks(table.rows(hashed), Number.POSITIVE_INFINITY)) digest.update(bytes);
  }
  return digest.digest('hex');
}

describe('generated rows', () => {
  it('are the same bytes for the same seed, on every machine', () => {
    const once = hash(2_000, 1);
    assert.equal(hash(2_000, 1), once);
    // a change here is a change to every figure that was measured on generated data
    assert.equal(once, '9d9043533fc5e6748faedac411a0b1a22aa52b7c7bba1d17c0a6d7da4ad6af20');
  });

  it('are others for another seed', () => {
    assert.notEqual(hash(2_000, 2), hash(2_000, 1));
  });

  it('have ids that go on from the seed without a gap', () => {
    for (const table of Object.values(tables)) {
      let id: number = seeded[table.name];
      for (const row of table.rows(plan)) {
        id += 1;
        assert.equal(row[0], id);
      }
      assert.equal(id, lastId(plan, table.name));
    }
  });

  it('refer to generated users and threads only, all of which exist', () => {
    const within = (id: Row[number] | undefined, table: 'users' | 'threads') => {
      const isThere = typeof id === 'number' && id > seeded[table] && id <= lastId(plan, table);
      assert.ok(isThere, `${table} ${id}`);
    };
    for (const [, , createdBy] of tables.threads.rows(plan)) within(createdBy, 'users');
    for (const [, thread, , user] of tables.posts.rows(plan)) {
      within(thread, 'threads');
      within(user, 'users');
    }
  });

  it('are all within the limits that openapi.yaml sets', () => {
    const document: unknown = parse(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8'));
    const ajv = new Ajv2020({ strict: false, allErrors: true }).addSchema(Object(document), 'openapi');
    const checker = (schema: string) => {
      const validate = ajv.getSchema(`openapi#/components/schemas/${schema}`);
      assert.ok(validate, schema);
      return (value: unknown) =>
        assert.ok(validate(value), `${ajv.errorsText(validate.errors)}: ${JSON.stringify(value)}`);
    };
    const isUser = checker('User');
    const isThread = checker('Thread');
    const isPost = checker('Post');
    for (const [id, username, name, bio] of tables.users.rows(plan)) isUser({ id, username, name, bio });
    for (const [id, title, createdBy] of tables.threads.rows(plan)) isThread({ id, title, createdBy });
    for (const [id, thread, text, user] of tables.posts.rows(plan)) isPost({ id, thread, text, user });
  });

  it('give every user a username of their own', () => {
    const usernames = new Set([...tables.users.rows(plan)].map(([, username]) => username));
    assert.equal(usernames.size, plan.rows.users);
  });

  it('crowd into a few threads, and reach most of the others', () => {
    const posts = new Map<Row[number] | undefined, number>();
    for (const [, thread] of tables.posts.rows(plan)) posts.set(thread, (posts.get(thread) ?? 0) + 1);
    const counts = [...posts.values()].sort((a, b) => b - a);
    const busiest = counts.slice(0, plan.rows.threads / 10).reduce((sum, count) => sum + count, 0);
    assert.ok(busiest > plan.rows.posts * 0.4 && busiest < plan.rows.posts * 0.8, `${busiest} posts`);
    assert.ok(counts.length > plan.rows.threads * 0.9, `${counts.length} threads`);
  });

  it('hold text of many lengths and many scripts', () => {
    const texts = [...tables.posts.rows(plan)].map(([, , text]) => String(text));
    const lengths = texts.map((text) => [...text].length).sort((a, b) => a - b);
    assert.ok((lengths[lengths.length / 2] ?? 0) < 100);
    assert.ok((lengths.at(-1) ?? 0) > 2_000);
    for (const some of [/👩‍👩‍👧‍👦/u, /これは/, /\p{Script=Arabic}/u, /\\N/, /\t/, /\n/]) {
      assert.ok(
        texts.some((text) => some.test(text)),
        String(some),
      );
    }
  });
});
