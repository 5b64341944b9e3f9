import assert from 'node:assert/strict';

/** Asserts that a number is there and within `tolerance` of what is expected. */
export const close = (actual: number | null | undefined, expected: number, tolerance: number): void => {
  assert.ok(
    typeof actual === 'number' && Math.abs(actual - expected) <= tolerance,
    `${actual} is not ${expected}`,
  );
};
