import { InvalidArgumentError } from 'commander';
import { allTopologies, type Topology } from '../environments/environment.ts';

/** Reads a whole number of `least` or more. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number of ${least} or more.`);
  };

/** Reads names of topologies with commas between; gives them in the usual order. */
export const topologyList = (text: string): Topology[] => {
  const names = text.split(',');
  const found = allTopologies.filter((topology) => names.includes(topology));
  if (found.length === names.length && found.length > 0) return found;
  throw new InvalidArgumentError(`Choose from ${allTopologies.join(', ')}, with commas between.`);
};
