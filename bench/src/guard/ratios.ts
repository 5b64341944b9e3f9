// The three ratios by which one sees whether Cleave has become slower: CPU a request, which other work on the machine
// disturbs less than throughput, of pairs that ran one after the other.
import type { Estimate } from '../../../lab/src/statistics/estimate.ts';
import type { Context } from '../context.ts';
import { raw, startServers } from '../parts/data-path/servers.ts';
import { ours, startForwarders, withAgent } from '../parts/gateway/engines.ts';
import { cpuMicros, measured } from '../run/figures.ts';
import { onGround, someUser } from '../run/ground.ts';
import { discussion, oneUser, writeQuestions } from '../run/questions.ts';
import { loadInRounds } from '../run/window.ts';

const posts = 10_000;

/** Measures each ratio of CPU a request, ours to theirs, in so many pairs. */
export const measureRatios = (context: Context, rounds: number): Promise<Map<string, Estimate>> =>
  onGround(context, async (ground) => {
    const forum = await ground.forum(posts);
    const file = await writeQuestions(ground, posts);
    const pairs = [
      {
        rounds,
        seconds: 1,
        measure: `gateway to ${withAgent}`,
        targets: await startForwarders(ground, [ours, withAgent]),
        pathsFile: await ground.file('path', [someUser]),
      },
      {
        rounds,
        seconds: 1,
        measure: `users service and database to ${raw}`,
        targets: await startServers(ground, forum, 'users', [raw]),
        pathsFile: file(oneUser),
      },
      {
        rounds,
        seconds: 1,
        measure: 'discussion, microservices to monolith',
        targets: [forum.topology('microservices'), forum.topology('monolith')],
        pathsFile: file(discussion),
      },
    ];
    const windows = await loadInRounds(ground, pairs);
    return new Map(
      pairs.map(({ measure }) => {
        const { targets, ratio } = measured(windows, measure);
        const [own = '', theirs = ''] = targets; // of the first round, which goes forwards
        const found = ratio(own, theirs, cpuMicros());
        if (found === null) throw new Error(`${measure}: nothing was answered`);
        return [measure, found];
      }),
    );
  });
