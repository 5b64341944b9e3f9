import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeFailures } from '../../lab/src/accept/count.ts';
import { countSamples } from '../../lab/src/accept/load.ts';
import { unevenness } from '../../lab/src/accept/served-by.ts';

const sample = (timeMs: number, route: string, failed = false, degraded = false) => ({
  ...{ timeMs, route, status: failed ? 0 : 200, durationMs: 1, failed, degraded },
});

describe('failed requests', () => {
  it('are counted by second and route, in order', async () => {
    const counted = await countSamples([
      sample(10_100, 'GET /b'),
      sample(12_900, 'GET /b', true),
      sample(12_100, 'GET /b', true),
      sample(12_200, 'GET /a', true),
      sample(12_300, 'GET /a'),
      sample(13_000, 'GET /a', true),
      sample(13_100, 'GET /c', false, true),
    ]);
    assert.deepEqual(counted, {
      ...{ requests: 7, failed: 4, degraded: 1, failingSeconds: 2 },
      failedBySecond: [
        { second: 2, route: 'GET /a', failed: 1, of: 2 },
        { second: 2, route: 'GET /b', failed: 2, of: 2 },
        { second: 3, route: 'GET /a', failed: 1, of: 1 },
      ],
    });
  });

  it('are told with when and where they were', () => {
    const failedBySecond = [
      { second: 4, route: 'GET /a', failed: 1, of: 9 },
      { second: 5, route: 'GET /b', failed: 3, of: 9 },
    ];
    assert.equal(
      describeFailures({ requests: 12_345, failed: 4, failingSeconds: 2, failedBySecond }),
      '4 of 12,345 requests failed, in 2 different seconds from second 4 (3 GET /b, 1 GET /a)',
    );
    assert.equal(
      describeFailures({ requests: 12_345, failed: 0, failingSeconds: 0, failedBySecond: [] }),
      '0 of 12,345 requests failed',
    );
  });
});

describe('a distribution over replicas', () => {
  it('is as uneven as the replica that is farthest from an equal share', () => {
    assert.equal(
      unevenness(
        new Map([
          ['a', 100],
          ['b', 100],
        ]),
      ),
      0,
    );
    assert.equal(
      unevenness(
        new Map([
          ['a', 110],
          ['b', 90],
        ]),
      ),
      0.1,
    );
    assert.equal(
      unevenness(
        new Map([
          ['a', 100],
          ['b', 100],
          ['c', 40],
        ]),
      ),
      0.5,
    );
  });
});
