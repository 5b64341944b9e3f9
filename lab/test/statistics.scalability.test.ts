import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitScalability, type Point, peakOf, throughputOf } from '../src/statistics/scalability.ts';
import { estimateScalability } from '../src/statistics/scalability-interval.ts';
import { close } from './support/close.ts';

const points = (...pairs: [n: number, x: number][]): Point[] => pairs.map(([n, x]) => ({ n, x }));

test('the law of a SPARCcenter 2000 (SPEC SDM 91) is the one that the R package usl publishes', () => {
  const model = fitScalability(
    points([1, 64.9], [18, 995.9], [36, 1652.4], [72, 1853.2], [108, 1828.9], [144, 1775], [216, 1702.2]),
  );
  close(model.lambda, 89.995233, 1e-4);
  close(model.sigma, 0.0277285, 5e-8);
  close(model.kappa, 0.0001044, 5e-8);
  close(peakOf(model), 96.51956, 1e-4);
});

test("the law of a ray tracer's first six measurements (Gunther 2007) is the one in usl's own tests", () => {
  const model = fitScalability(points([1, 20], [4, 78], [8, 130], [12, 170], [16, 190], [20, 200]));
  close(model.lambda, 20.85605, 5e-6);
  close(model.sigma, 0.02444, 5e-6);
  close(model.kappa, 0.00163, 5e-6);
});

test('a law of σ = κ = 0.02 is found again', () => {
  const model = fitScalability(
    points([1, 1], [2, 1.8868], [4, 3.0769], [6, 3.5294], [8, 3.5398], [10, 3.3557]),
  );
  close(model.sigma, 0.02, 1e-4);
  close(model.kappa, 0.02, 1e-4);
});

test('what grows faster than the law allows is held at its edge: all of it linear, and no peak', () => {
  // Least squares of a line through the origin: λ = Σnx / Σn² = (1 + 4.2 + 17.2) / 21.
  const model = fitScalability(points([1, 1], [2, 2.1], [4, 4.3]));
  close(model.lambda, 22.4 / 21, 1e-6);
  assert.deepEqual([model.sigma, model.kappa, peakOf(model)], [0, 0, null]);
});

test('no point on the edge fits better than the one that is chosen there', () => {
  const measured = points([1, 100], [2, 195], [4, 200], [6, 150]);
  const errorOf = (model: Parameters<typeof throughputOf>[0]): number =>
    measured.reduce((sum, { n, x }) => sum + (x - throughputOf(model, n)) ** 2, 0);
  const model = fitScalability(measured);
  assert.equal(model.sigma, 0);
  for (const lambda of [0.99, 1, 1.01])
    for (const sigma of [0, 0.01])
      for (const kappa of [0.99, 1, 1.01]) {
        const other = { lambda: model.lambda * lambda, sigma, kappa: model.kappa * kappa };
        assert.ok(errorOf(other) >= errorOf(model) - 1e-6);
      }
});

test('throughput at two different N is too little for three unknowns', () =>
  assert.throws(() => fitScalability(points([1, 1], [2, 2], [2, 2])), RangeError));

test('sweeps that differ only by a factor leave σ, κ and the peak certain, and λ as uncertain as its mean', () => {
  const truth = { lambda: 100, sigma: 0.1, kappa: 0.01 };
  const sweeps = [0.9, 1, 1.1].map((factor) =>
    [1, 2, 4, 8].map((n) => ({ n, x: factor * throughputOf(truth, n) })),
  );
  const found = estimateScalability(sweeps);
  const reach = (4.303 * 10) / Math.sqrt(3); // t of 2 degrees of freedom × s / √n
  close(found.lambda.low, 100 - reach, 0.01);
  close(found.lambda.high, 100 + reach, 0.01);
  for (const end of ['low', 'high'] as const) {
    close(found.sigma[end], 0.1, 1e-6);
    close(found.kappa[end], 0.01, 1e-6);
    close(found.peak[end], Math.sqrt(90), 1e-3);
  }
});

test('an interval that reaches κ = 0 puts no bound on the peak, and none goes below 0', () => {
  const found = estimateScalability([
    points([1, 100], [2, 190], [4, 350]),
    points([1, 101], [2, 188], [4, 362]),
    points([1, 99], [2, 193], [4, 341]),
  ]);
  assert.deepEqual([found.kappa.low, found.sigma.low, found.peak.high], [0, 0, null]);
  assert.ok((found.peak.low ?? 0) > 0);
});

test('one sweep has a law and no intervals', () => {
  const { lambda, peak } = estimateScalability([points([1, 100], [2, 180], [4, 280])]);
  assert.ok(lambda.value > 0);
  assert.deepEqual([lambda.low, lambda.high, peak.low, peak.high], [null, null, null, null]);
});
