import { Malformed, UnsupportedMediaType } from '@cleave/kit/errors';
import type { Context } from 'koa';
import { z } from 'zod';

/** The largest id: PostgreSQL's `integer`. */
export const maxId = 2_147_483_647;
const idMessage = `must be a whole number from 1 to ${maxId}`;

const decimal = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  const schema = z
    .string(message)
    .regex(/^[1-9]\d{0,9}$/, message)
    .transform(Number);
  return schema
    .refine((value) => value <= max, message)
    .meta({
      override: { type: 'integer', minimum: min, maximum: max },
    });
};

/** An id in a path or a query: plain decimal digits. */
export const idInText = decimal(1, maxId);
/** An id in a JSON body. */
export const id = z.int(idMessage).min(1, idMessage).max(maxId, idMessage);

/** Text of `min` to `max` characters (code points), as PostgreSQL can store it: no U+0000, no lone surrogate. */
export const text = (min: number, max: number) => {
  const message = `must be text of ${min} to ${max} characters without U+0000 or lone surrogates`;
  const fits = (value: string): boolean => {
    const length = value.length > 2 * max ? value.length : [...value].length;
    return length >= min && length <= max && value.isWellFormed() && !value.includes('\0');
  };
  return z
    .string(message)
    .refine(fits, message)
    .meta({
      override: { type: 'string', minLength: min, maxLength: max, pattern: '^[^\\u0000]*$' },
    });
};

/** A page of a list: at most `limit` rows whose id is above `after`. */
export const pageQuery = z.strictObject({
  limit: decimal(1, 1_000)
    .default(100)
    .meta({ description: 'How many at most.', override: { default: 100 } }),
  after: idInText.optional().meta({ description: 'The last id seen.' }),
});
export type Page = z.infer<typeof pageQuery>;

const isId = (value: string): boolean => /^[1-9]\d{0,9}$/.test(value) && Number(value) <= maxId;

/** `?id=3,1,3`: at most 1,000 ids. Looked at as one value, which takes a quarter of the time. */
export const batchQuery = z.strictObject({
  id: z
    .string()
    .transform((list) => list.split(','))
    .refine((list) => list.every(isId), { error: idMessage, abort: true })
    .refine((list) => list.length <= 1_000, 'must name at most 1000 ids')
    .transform((list) => list.map(Number))
    .meta({ override: { type: 'string', pattern: '^[1-9][0-9]{0,9}(,[1-9][0-9]{0,9}){0,999}$' } }),
});

function parse<S extends z.ZodType>(schema: S, value: unknown, whole: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const member = issue?.path[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (unknown !== undefined) throw new Malformed(`${whole} has an unknown member: ${unknown.slice(0, 100)}`);
  throw new Malformed(
    member === undefined ? `${whole} ${issue?.message}.` : `${String(member)} ${issue?.message}.`,
  );
}

/** The id in the path, undecoded. @throws Malformed */
export const pathId = (ctx: Context): number => parse(idInText, ctx.captures?.[0], 'The id in the path');

/** The query, each parameter at most once and known. @throws Malformed */
export function query<S extends z.ZodType>(ctx: Context, schema: S): z.infer<S> {
  const parameters = [...new URLSearchParams(ctx.querystring)];
  const values = Object.fromEntries(parameters);
  if (Object.keys(values).length < parameters.length)
    throw new Malformed('A query parameter is given twice.');
  return parse(schema, values, 'The query');
}

const jsonType = /^application\/json[ \t]*(;[ \t]*charset="?utf-8"?[ \t]*)?$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The JSON body. @throws Malformed, UnsupportedMediaType */
export function body<S extends z.ZodType>(ctx: Context, schema: S): z.infer<S> {
  if (!jsonType.test(ctx.get('content-type')) || ctx.get('content-encoding') !== '') {
    throw new UnsupportedMediaType('The body must be application/json in UTF-8, not encoded further.');
  }
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(ctx.state.body));
  } catch (error) {
    throw new Malformed('The body is not JSON in UTF-8.', { cause: error });
  }
  return parse(schema, value, 'The body');
}

/** Whether a list is asked for by ids. */
export const hasBatch = (ctx: Context): boolean => new URLSearchParams(ctx.querystring).has('id');
