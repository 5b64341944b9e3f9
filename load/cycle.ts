// Turns weights into an order: no dice, so that every run and both topologies get exactly the same mix.

/** `order[slot]` is an index into the mix, `rank[slot]` its how-manieth use in the cycle, from 0. */
export type Cycle = { order: number[]; rank: number[]; weights: number[] };

/**
 * Spreads each line's turns evenly over a cycle as long as the sum of the weights
 * (smooth weighted round-robin, as nginx balances upstreams).
 */
export const cycleOf = (weights: number[]): Cycle => {
  const length = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  const used = weights.map(() => 0);
  const order: number[] = [];
  const rank: number[] = [];
  for (let slot = 0; slot < length; slot++) {
    let best = 0;
    weights.forEach((weight, i) => {
      credit[i] = (credit[i] ?? 0) + weight;
      if ((credit[i] ?? 0) > (credit[best] ?? 0)) best = i;
    });
    credit[best] = (credit[best] ?? 0) - length;
    order.push(best);
    rank.push(used[best] ?? 0);
    used[best] = (used[best] ?? 0) + 1;
  }
  return { order, rank, weights };
};

/** The line of the mix that turn `n` uses, and how many turns of that line came before it. */
export const turnOf = (cycle: Cycle, n: number): { index: number; rank: number } => {
  const slot = n % cycle.order.length;
  const index = cycle.order[slot] ?? 0;
  const rounds = Math.floor(n / cycle.order.length);
  return { index, rank: rounds * (cycle.weights[index] ?? 0) + (cycle.rank[slot] ?? 0) };
};
