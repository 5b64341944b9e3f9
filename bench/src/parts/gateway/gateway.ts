// What forwarding a request costs: our gateway, the engines that one would use instead, and the platform's own edges.
import type { Part } from '../../part.ts';
import { bar, comparisonOf, cpuMicros, measured } from '../../run/figures.ts';
import { type Ground, someUser } from '../../run/ground.ts';
import { highestRates } from '../../run/highest-rate.ts';
import { loadInRounds } from '../../run/window.ts';
import { nginx, ours, plain, startForwarders, withAgent } from './engines.ts';

const saturated = 'Saturated, 64 connections';
const atRate = '1,000 requests/s at random moments';
const crowd = 'Saturated, 1,000 connections';

async function run(ground: Ground) {
  const targets = await startForwarders(ground);
  const pathsFile = await ground.file('paths', [someUser]);
  const asked = { targets, pathsFile };
  const loads = [
    { ...asked, measure: saturated, seconds: ground.quick ? 1 : 2 },
    { ...asked, measure: atRate, seconds: 1, rate: 1_000, warmUp: false },
    { ...asked, measure: crowd, seconds: 1, connections: 1_000, warmUp: false, rounds: 3 },
  ];
  const windows = await loadInRounds(ground, loads);
  const { ratio } = measured(windows, saturated);
  const highest = await highestRates(ground, targets, pathsFile, windows);
  const against = (name: string) => ratio(ours, name, cpuMicros());
  return {
    notes: [
      `Every engine forwards GET ${someUser} to one Node process that answers 88 bytes of JSON from memory.`,
      'CPU is that of the engine alone; upstream and generator share the cores with it, which bounds the throughput of the lightest.',
      'Of 1,000 connections that always ask for more, ours refuses what would wait too long (docs/overload.md); only answers below 400 count.',
      'Ours runs as it is shipped: retries, ejection, limits, request ids, metrics, a line of log for each request. The others run bare, one process and one thread each.',
    ],
    tables: [...loads.map(({ measure }) => comparisonOf(windows, measure, plain)), highest.table],
    charts: [],
    bars: [
      bar(`CPU a request against ${plain}`, 'at most', 0.15, against(plain)),
      bar(`CPU a request against ${withAgent}`, 'at most', 0.45, against(withAgent)),
      bar(`CPU a request against ${nginx}`, 'at most', 2.5, against(nginx)),
    ],
    windows: [...windows, ...highest.windows],
  };
}

export const gatewayPart: Part = {
  name: 'gateway',
  title: 'Gateway: the cost of forwarding',
  minutes: 7,
  run,
};
