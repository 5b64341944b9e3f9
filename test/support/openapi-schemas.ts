import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';

type Json = Record<string, unknown>;
const json: z.ZodType<Json> = z.record(z.string(), z.unknown());

const memberOf = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** A place in the document: the keys that lead to it. */
export type Place = readonly (string | number)[];

/** The document's schemas as validators, by place. */
export interface Schemas {
  /** What is at a place, references on the way followed; undefined where nothing is. */
  at(place: Place): Json | undefined;
  /** Follows a reference at this very place, else gives the place back. */
  resolved(place: Place): Place;
  /** @throws AssertionError when the value is not valid, or has its members in another order */
  validate(place: Place, value: unknown): void;
}

export function createSchemas(document: Json): Schemas {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(document, 'openapi');
  const at = (place: Place): Json | undefined => {
    const value = place.reduce<unknown>(memberOf, document);
    return json.safeParse(value).data;
  };
  const resolved = (place: Place): Place => {
    const reference = at(place)?.$ref;
    return typeof reference === 'string' ? resolved(reference.slice(2).split('/')) : place;
  };
  const inOrder = (place: Place, value: unknown): void => {
    const schema = at(resolved(place));
    if (Array.isArray(value)) for (const item of value) inOrder([...resolved(place), 'items'], item);
    else if (schema?.anyOf !== undefined) inOrder([...resolved(place), 'anyOf', 0], value);
    else if (schema?.properties !== undefined && value !== null) {
      const members = json.parse(value);
      const order = Object.keys(json.parse(schema.properties)).filter((name) => name in members);
      assert.deepEqual(Object.keys(members), order, `the members are not in the order of ${place.join('/')}`);
      for (const [name, member] of Object.entries(members))
        inOrder([...resolved(place), 'properties', name], member);
    }
  };
  return {
    at,
    resolved,
    validate(place, value) {
      const pointer = place.map((key) =>
        encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1')),
      );
      const check = ajv.getSchema(`openapi#/${pointer.join('/')}`);
      assert.ok(check, `openapi.yaml has no schema at ${place.join(' / ')}`);
      assert.ok(check(value), `${place.join(' / ')}: ${ajv.errorsText(check.errors)}`);
      inOrder(place, value);
    },
  };
}
