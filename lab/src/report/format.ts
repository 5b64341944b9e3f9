const thousands = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 12345 as "12,345". */
export const formatCount = (value: number): string => thousands.format(value);

/**
 * A share as a percentage that never promises too much: "100 %" and "0 %" are exact,
 * 0.99996 is "99.99 %", and 0.00001 is "< 0.01 %".
 */
export const formatShare = (share: number | null): string => {
  if (share === null) return '–';
  if (share === 1) return '100 %';
  if (share === 0) return '0 %';
  if (share < 0.0001) return '< 0.01 %';
  const percent = share * 100;
  const decimals = percent >= 99 || percent < 1 ? 2 : percent >= 90 ? 1 : 0;
  const scale = 10 ** decimals;
  // The addend undoes binary rounding: 0.9998 * 100 is 99.97999…
  return `${(Math.floor(percent * scale + 1e-6) / scale).toFixed(decimals)} %`;
};

/** Milliseconds with two or three digits that mean something: "0.84 ms", "12.3 ms", "345 ms", "2.0 s". */
export const formatMs = (value: number | null): string => {
  if (value === null) return '–';
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return `${value.toFixed(value < 1 ? 2 : value < 100 ? 1 : 0)} ms`;
};

/** An interval of shares: "98.1–99.2 %". */
export const formatInterval = (interval: readonly [number, number] | null): string => {
  if (interval === null) return 'none';
  const [low, high] = interval;
  return `${formatShare(low).replace(' %', '')}–${formatShare(high)}`;
};
