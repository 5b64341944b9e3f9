// What changes as there is more: rows, clients, time.
import type { Part } from '../../part.ts';
import type { Ground } from '../../run/ground.ts';
import { oneUser, reads, writeQuestions } from '../../run/questions.ts';
import { measureConnections } from './connections.ts';
import { measureCost } from './cost.ts';
import { soak } from './soak.ts';

async function run(ground: Ground) {
  const small = await ground.forum(1_000);
  const file = await writeQuestions(ground, small.posts);
  const clients = await measureConnections(ground, small, file(oneUser));
  // the larger one is filled in the first third of the soak, which does not count
  const [memory, large] = await Promise.all([
    soak(ground, small, file(reads)),
    ground.forum(ground.quick ? 10_000 : 1_000_000),
  ]);
  const rows = await measureCost(ground, [small, large]);
  return {
    notes: [
      'Rows: two forums at the same time, asked in turn; in each, both topologies at once. The ids of 100 users and threads are spread evenly over each table and asked for in random order, as many at every size; a thread has ten posts on average at every size, some have many more. Writes come last: each adds some thousand rows to its own table in the course of its ten windows.',
      'DELETE is left out, since it needs a row of its own for each request.',
      'Memory is heaps, stacks and shared buffers (RssAnon and RssShmem), not what is mapped from files.',
    ],
    tables: [rows.table, memory.table],
    charts: clients.charts,
    bars: [...rows.bars, memory.bar],
    windows: [...clients.windows, ...memory.windows, ...rows.windows],
  };
}

export const growthPart: Part = {
  name: 'growth',
  title: 'Growth: more rows, more clients, more time',
  minutes: 16,
  run,
};
