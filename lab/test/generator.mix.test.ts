import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { cycleOf, turnOf } from '@cleave/load/cycle';
import { mix } from '@cleave/load/mix';
import { findTargets, type Send } from '@cleave/load/targets';
import { pick } from '@cleave/load/turn';
import { parse } from 'yaml';
import { z } from 'zod';

const METHODS = new Set(['get', 'post', 'patch', 'put', 'delete']);
const cycle = cycleOf(mix.map((route) => route.weight));

test('the mix holds every route of openapi.yaml below /api/, and no other', async () => {
  const text = await readFile(new URL('../../openapi.yaml', import.meta.url), 'utf8');
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(parse(text));
  const described = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((method) => METHODS.has(method))
        .map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
  assert.deepEqual(new Set(mix.map((route) => route.name)), new Set(described));
});

test('the weights are shares of 100', () => {
  assert.equal(cycle.order.length, 100);
});

test('every 100 turns hold each line as often as its weight says, wherever they begin', () => {
  for (const begin of [0, 700]) {
    const counts = mix.map(() => 0);
    for (let n = begin; n < begin + 100; n++) {
      const { index } = turnOf(cycle, n);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    assert.deepEqual(
      counts,
      mix.map((route) => route.weight),
    );
  }
});

test("a line's turns are numbered without a gap", () => {
  const deletes = mix.findIndex((route) => route.method === 'DELETE');
  const turns = Array.from({ length: 1000 }, (_, n) => turnOf(cycle, n)).filter(
    ({ index }) => index === deletes,
  );
  assert.deepEqual(
    turns.map(({ rank }) => rank),
    turns.map((_, n) => n),
  );
});

test('a seed fixes the choice of ids, and the choice is about even', () => {
  const ids = Array.from({ length: 10 }, (_, i) => i + 1);
  const choices = Array.from({ length: 10_000 }, (_, n) => pick(ids, { seed: 3, n }));
  assert.deepEqual(
    choices,
    Array.from({ length: 10_000 }, (_, n) => pick(ids, { seed: 3, n })),
  );
  for (const id of ids) {
    const count = choices.filter((choice) => choice === id).length;
    assert.ok(count > 900 && count < 1100, `${id} was chosen ${count} times`);
  }
});

/** Answers lists of `rows` rows with ids from 1, and creates posts. */
const sendTo = (rows: number): Send => {
  let created = 0;
  return async (method, path) => {
    if (method === 'POST') return { status: 201, body: JSON.stringify({ id: rows + ++created }) };
    const { searchParams } = new URL(path, 'http://forum');
    const [after, limit] = [Number(searchParams.get('after')), Number(searchParams.get('limit'))];
    const length = Math.max(0, Math.min(limit, rows - after));
    return { status: 200, body: JSON.stringify(Array.from({ length }, (_, i) => ({ id: after + i + 1 }))) };
  };
};

test('the ids of a long list are taken from all over it', async () => {
  const { users } = await findTargets(sendTo(1_000_000), 0);
  assert.equal(users.length, 200);
  assert.ok(users.every((id) => id >= 1 && id <= 1_000_000));
  assert.equal(new Set(users.map((id) => Math.floor((id - 1) / 100_000))).size, 10);
});

test('of a short list all ids are taken, and enough posts are made to be deleted', async () => {
  const targets = await findTargets(sendTo(4), 1000);
  assert.deepEqual(
    [targets.users, targets.threads],
    [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
  );
  assert.equal(targets.disposable.length, 30);
});

test('an empty forum cannot be put under load', async () => {
  await assert.rejects(findTargets(sendTo(0), 100), /needs the seed data/);
});
