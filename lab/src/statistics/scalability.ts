import { levenbergMarquardt } from 'ml-levenberg-marquardt';

/** X(N) = λN / (1 + σ(N − 1) + κN(N − 1)): λ is the throughput of one, σ contention, κ coherency; all are ≥ 0. */
export interface Scalability {
  lambda: number;
  sigma: number;
  kappa: number;
}

/** A measured throughput `x` with `n` (at least 1) replicas. */
export interface Point {
  n: number;
  x: number;
}

/** Throughput with `n` replicas by the Universal Scalability Law (Gunther, Guerrilla Capacity Planning, 2007). */
export const throughputOf = ({ lambda, sigma, kappa }: Scalability, n: number): number =>
  (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));

/** Partial derivatives of the throughput, in the order λ, σ, κ. */
const gradientOf = (model: Scalability, n: number): [number, number, number] => {
  const x = throughputOf(model, n);
  const perDivisor = (-x * x) / (model.lambda * n);
  return [x / model.lambda, perDivisor * (n - 1), perDivisor * n * (n - 1)];
};

/** Which of σ and κ are free; the others are held at 0, the edge of what is possible. */
type Free = { sigma: boolean; kappa: boolean };

const faces: readonly Free[] = [
  { sigma: true, kappa: true },
  { sigma: true, kappa: false },
  { sigma: false, kappa: true },
  { sigma: false, kappa: false },
];

const fitFace = (points: readonly Point[], free: Free): Scalability => {
  const scale = Math.max(...points.map(({ n, x }) => x / n));
  const modelOf = ([lambda = 1, ...rest]: number[]): Scalability => ({
    lambda,
    sigma: free.sigma ? (rest[0] ?? 0) : 0,
    kappa: free.kappa ? (rest[free.sigma ? 1 : 0] ?? 0) : 0,
  });
  const kept = [true, free.sigma, free.kappa];
  const { parameterValues } = levenbergMarquardt(
    { x: points.map(({ n }) => n), y: points.map(({ x }) => x / scale) },
    (parameters) => (n) => throughputOf(modelOf(parameters), n),
    {
      jacobianFunction: (parameters) => (n) => gradientOf(modelOf(parameters), n).filter((_, i) => kept[i]),
      initialValues: [1, 0.01, 0.0001].filter((_, i) => kept[i]),
      maxIterations: 40,
      errorTolerance: 1e-12,
      improvementThreshold: 1e-9,
    },
  );
  const model = modelOf(parameterValues);
  return { ...model, lambda: model.lambda * scale };
};

const errorOf = (points: readonly Point[], model: Scalability): number =>
  points.reduce((sum, { n, x }) => sum + (x - throughputOf(model, n)) ** 2, 0);

/** The law that fits best when σ and κ may be below 0: for errors only, which the edge would hide. */
export const fitFreely = (points: readonly Point[]): Scalability =>
  fitFace(points, { sigma: true, kappa: true });

const isPossible = ({ lambda, sigma, kappa }: Scalability): boolean => lambda > 0 && sigma >= 0 && kappa >= 0;

/**
 * The law that fits `points` with the least squares. Where the best has a σ or κ below 0, which means nothing, the
 * best on the edge (σ = 0, κ = 0 or both) is taken. Needs three different N; throws RangeError with fewer.
 */
export const fitScalability = (points: readonly Point[]): Scalability => {
  if (new Set(points.map(({ n }) => n)).size < 3)
    throw new RangeError('the scalability law has three unknowns and needs throughput at three different N');
  let best: Scalability | undefined;
  for (const face of faces) {
    const model = fitFace(points, face);
    if (!isPossible(model)) continue;
    if (face.sigma && face.kappa) return model;
    if (best === undefined || errorOf(points, model) < errorOf(points, best)) best = model;
  }
  if (best === undefined) throw new RangeError('no throughput above 0, so no scalability');
  return best;
};

/** N with the most throughput, √((1 − σ) / κ); null: there is no such N, since more always brings more. */
export const peakOf = ({ sigma, kappa }: Scalability): number | null =>
  kappa === 0 ? null : Math.sqrt(Math.max(0, 1 - sigma) / kappa);
