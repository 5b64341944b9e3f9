import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Answer, Ask } from './http.ts';
import { createSchemas, type Place } from './openapi-schemas.ts';

const document = z
  .record(z.string(), z.unknown())
  .parse(parse(readFileSync(join(import.meta.dirname, '../../openapi.yaml'), 'utf8')));
const schemas = createSchemas(document);
const templates = Object.keys(schemas.at(['paths']) ?? {}).map((template) => ({
  template,
  pattern: new RegExp(`^${template.replaceAll(/{\w+}/g, '[^/]+')}$`),
}));
// what HTTP itself adds to an answer
const ofHttp = new Set([
  'content-type',
  'content-length',
  'transfer-encoding',
  'date',
  'connection',
  'keep-alive',
]);

const problemSchema = z.object({ status: z.int(), requestId: z.string(), instance: z.string().optional() });

/**
 * Checks an answer against openapi.yaml: its status is described for that route, the headers described are there
 * and no others, its body has the described type and form, members in order.
 * @throws AssertionError naming the request
 */
export function checkAnswer(ask: Ask, answer: Answer): void {
  try {
    check(ask, answer);
  } catch (error) {
    const body = answer.body.toString('utf8', 0, 500);
    throw new Error(`${ask.method} ${ask.path} answered ${answer.status} ${body}`, { cause: error });
  }
}

function check(ask: Ask, answer: Answer): void {
  const path = ask.path.split('?', 1)[0] ?? '';
  const response = schemas.resolved(describedAnswer(ask.method, path, answer.status));
  checkHeaders(response, answer);
  const content = schemas.at([...response, 'content']);
  if (ask.method === 'HEAD' || content === undefined) assert.equal(answer.body.length, 0, 'there is a body');
  else checkBody([...response, 'content'], path, answer);
}

function checkBody(content: Place, path: string, { status, headers, body }: Answer): void {
  const type = headers['content-type'] ?? '';
  const media = schemas.at([...content, type]) ? type : type.replace('; charset=utf-8', '');
  const value: unknown = media.startsWith('text/') ? body.toString() : JSON.parse(body.toString());
  schemas.validate([...content, media, 'schema'], value);
  if (media !== 'application/problem+json') return;
  const problem = problemSchema.parse(value);
  const of = { status, requestId: headers['x-request-id'], ...('instance' in problem && { instance: path }) };
  assert.deepEqual(problem, of, 'the problem is not that of this request');
}

function describedAnswer(method: string, path: string, status: number): Place {
  const route = templates.find(({ pattern }) => pattern.test(path));
  const operation: Place = ['paths', route?.template ?? '', method.toLowerCase()];
  if (schemas.at(operation) !== undefined) {
    const place = [...operation, 'responses', String(status)];
    assert.ok(schemas.at(place), `openapi.yaml does not describe ${status} for ${method} ${route?.template}`);
    return place;
  }
  const refused: [number, string] = route === undefined ? [404, 'NotFound'] : [405, 'MethodNotAllowed'];
  // what the greeting may answer in place of its 200, any path may
  if (status !== refused[0]) return describedAnswer('GET', '/', status);
  return ['components', 'responses', refused[1]];
}

function checkHeaders(response: Place, { headers }: Answer): void {
  const described = Object.keys(schemas.at([...response, 'headers']) ?? {});
  for (const name of described) {
    const place = schemas.resolved([...response, 'headers', name]);
    const value = headers[name];
    if (value === undefined) assert.notEqual(schemas.at(place)?.required, true, `there is no ${name} header`);
    else schemas.validate([...place, 'schema'], value);
  }
  const others = Object.keys(headers).filter((name) => !ofHttp.has(name) && !described.includes(name));
  assert.deepEqual(others, [], 'there are headers that openapi.yaml does not describe');
}
