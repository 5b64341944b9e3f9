/** Lower ends of the steps of the availability scale; each has a colour in page.css. */
const steps = [1, 0.999, 0.99, 0.9, 0.5, 0.000_1] as const;

/** The step of the scale that a share belongs to: 0 (everything answered) to 6 (nothing), "none" without traffic. */
export const heatStep = (share: number | null): string => {
  if (share === null) return 'none';
  const step = steps.findIndex((lowest) => share >= lowest);
  return String(step === -1 ? steps.length : step);
};

/** The scale in words, best first, for the legend. */
export const heatLegend: readonly (readonly [string, string])[] = [
  ['0', '100 %'],
  ['1', '≥ 99.9 %'],
  ['2', '≥ 99 %'],
  ['3', '≥ 90 %'],
  ['4', '≥ 50 %'],
  ['5', '< 50 %'],
  ['6', 'none answered'],
];
