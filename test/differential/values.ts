import fc from 'fast-check';
import { type Known, pick } from './known.ts';

/** A value that depends on what is known when its turn comes. */
export type Later<T> = (known: Known) => T;

const now = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Later<T>> => arbitrary.map((value) => () => value);

/** The id of a row that is there. */
export const rowId = (module: 'users' | 'threads' | 'posts'): fc.Arbitrary<Later<number>> =>
  fc.nat(10_000).map((index) => (known) => pick(known[module], index));

/** The id of a row that is there, or of none. */
export const someId = (module: 'users' | 'threads' | 'posts'): fc.Arbitrary<Later<number>> =>
  fc.oneof({ weight: 4, arbitrary: rowId(module) }, now(fc.constantFrom(2_147_483_647, 1_000_000, 99_999)));

/** Text in a path where an id belongs: an id, or anything else that can be sent there. */
export const idText = (module: 'users' | 'threads' | 'posts'): fc.Arbitrary<Later<string>> =>
  fc.oneof(
    { weight: 4, arbitrary: someId(module).map((id) => (known: Known) => String(id(known))) },
    now(
      fc.constantFrom(
        '0',
        '-1',
        '+1',
        '01',
        '1.0',
        '1e1',
        '%31',
        '2147483648',
        '9'.repeat(40),
        '..',
        '*',
        '%',
        '%zz',
      ),
    ),
    now(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }).map(encodeURIComponent)),
    now(pathSegment()),
  );

/** Anything that can stand between two slashes of a request line: visible ASCII and the bytes above it. */
export function pathSegment(): fc.Arbitrary<string> {
  const code = fc.oneof(fc.integer({ min: 0x21, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff }));
  return fc.string({ unit: code.map((value) => String.fromCharCode(value)), minLength: 1, maxLength: 12 });
}

/** Text that fits, that just fits, or that just does not. */
export const text = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: Math.min(max, 50) }) },
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(max, 30) }) },
    fc
      .record({
        length: fc.constantFrom(0, max - 1, max, max + 1),
        of: fc.constantFrom('x', 'é', '漢', '\u{1F9ED}'),
      })
      .map(({ length, of }) => of.repeat(length)),
    // JSON.stringify escapes a lone surrogate, so that it really arrives
    fc.constantFrom('a\0b', '\ud83e', '\udded\ud83e', '', ' ', '\u2028', '\ufeff', '\uffff'),
  );

/** What a member of a body should never be. */
export const wrongValue = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(null, true, '', '1', 0, -1, 1.5, 2_147_483_648, 1e300, [], {}, [1]),
    fc.jsonValue({ maxDepth: 2 }),
  );
