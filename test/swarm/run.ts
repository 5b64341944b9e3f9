// Makes a swarm, runs the checks of this folder on it and then the guide, and leaves nothing:  npm run test:swarm
// With the node tool (docs/swarm.md, In the lab) the swarm has three nodes, else one.
import { globSync } from 'node:fs';
import { show } from '../../lab/src/environments/compose/command.ts';
import { openSwarm } from '../../lab/src/environments/swarm/swarm.ts';
import { runGuide } from './guide.ts';

const interrupted = new AbortController();
process.on('SIGINT', () => interrupted.abort()).on('SIGTERM', () => interrupted.abort());
const { signal } = interrupted;
const [chosen] = process.argv.slice(2);
const suites = globSync('*.swarm.ts', { cwd: import.meta.dirname }).sort();

const swarm = await openSwarm();
try {
  const names = (await swarm.nodes()).map(({ name }) => name);
  process.stdout.write(`A swarm of ${names.length}: ${names.join(', ')}.\n`);
  for (const suite of suites.filter((each) => chosen === undefined || each.startsWith(chosen))) {
    const status = await show('node', ['--test', `test/swarm/${suite}`], { signal });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  await swarm.close();
}
if (!signal.aborted && (chosen === undefined || chosen === 'guide')) {
  if ((await runGuide(signal)) !== 0) process.exitCode = 1;
}
