/** @import { Cell } from '../messages.ts' */

/** 0.997 as "99.7 %"; only all is 100 %. @param {number} share */
export function percent(share) {
  if (share === 1 || share === 0) return `${share * 100} %`;
  const value = share * 100;
  return `${value > 99 ? (Math.floor(value * 10) / 10).toFixed(1) : Math.floor(value)} %`;
}

/** "8 ms", "1.2 s". @param {number} value */
export function milliseconds(value) {
  if (value >= 1_000) return `${(value / 1_000).toFixed(1)} s`;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** "62 MB", of a million bytes each. @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/** Cores in use, as "12 %" of one. @param {number} cores */
export const ofOneCore = (cores) => `${Math.round(cores * 100)} % CPU`;

/** The time of day. @param {number} at milliseconds since 1970 */
export const timeOf = (at) => new Date(at).toLocaleTimeString('en-GB');

/** The share of requests answered; undefined where there were none. @param {Cell} cell */
export const answered = ({ requests, failed }) => (requests === 0 ? undefined : 1 - failed / requests);
