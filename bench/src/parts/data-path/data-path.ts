// What reading and writing rows for a request costs: our services, and the same with less or without a framework.
import type { Part } from '../../part.ts';
import { bar, comparisonOf, measured, throughput } from '../../run/figures.ts';
import type { Ground } from '../../run/ground.ts';
import { highestRates } from '../../run/highest-rate.ts';
import { discussion, newUser, oneUser, pageOfUsers, writeQuestions } from '../../run/questions.ts';
import { loadInRounds } from '../../run/window.ts';
import { classic, ours, raw, startServers, stock } from './servers.ts';

const posts = 10_000;
const at64 = 'A user by id, 64 connections';
const at1 = 'A user by id, 1 connection';

async function run(ground: Ground) {
  const forum = await ground.forum(posts);
  const users = await startServers(ground, forum, 'users');
  const wholes = await startServers(ground, forum, 'monolith', [raw, stock]);
  const writers = users.filter(({ name }) => name !== classic);
  const file = await writeQuestions(ground, posts);
  const asked = { seconds: 1, targets: users, pathsFile: file(oneUser) };
  const loads = [
    { ...asked, measure: at64 },
    { ...asked, measure: at1, connections: 1, warmUp: false },
    { ...asked, measure: 'A user by id, 1,000 requests/s at random moments', rate: 1_000, warmUp: false },
    { ...asked, measure: 'A page of 20 users, 64 connections', pathsFile: file(pageOfUsers) },
    {
      ...asked,
      measure: 'A discussion as one join (the monolith)',
      targets: wholes,
      pathsFile: file(discussion),
    },
    { ...asked, measure: 'A new user, 64 connections', targets: writers, pathsFile: file(newUser) }, // last: it adds rows
  ];
  const windows = await loadInRounds(ground, loads);
  const saturated = windows.filter(({ measure }) => measure === at64);
  const highest = await highestRates(ground, users, file(oneUser), saturated);
  const against = (name: string, measure: string) => measured(windows, measure).ratio(ours, name, throughput);
  return {
    notes: [
      `${posts} posts, ${posts / 10} users and threads in PostgreSQL 18 on this machine, 500 of them asked for in random order. Every server has the connections that ours has: four, for discussions twelve.`,
      'Ours runs as it is shipped: validation, request ids, metrics, a line of log for each request, and for writes the check of an idempotency key. The others have none of it, but for the classic sample, which logs.',
      'The database shares two cores with the servers and the generator; it does not wait for the disk (fsync is off, as the data goes with its folder).',
    ],
    tables: [...loads.map(({ measure }) => comparisonOf(windows, measure, raw, 'process')), highest.table],
    charts: [],
    bars: [
      bar(`throughput at 64 against ${raw}`, 'at least', 1.3, against(raw, at64)),
      bar(`throughput at 64 against ${stock}`, 'at least', 2.5, against(stock, at64)),
      bar(`throughput at 64 against ${classic}`, 'at least', 0.5, against(classic, at64)),
      bar(`throughput at 1 against ${stock}`, 'at least', 1, against(stock, at1)),
    ],
    windows: [...windows, ...highest.windows],
  };
}

export const dataPathPart: Part = {
  name: 'data-path',
  title: 'Data path: the cost of rows',
  minutes: 7,
  run,
};
