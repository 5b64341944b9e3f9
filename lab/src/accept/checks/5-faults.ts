import type { Topology } from '../../environments/environment.ts';
import type { Context } from '../../experiments/experiment.ts';
import { type Cell, countFault } from '../../experiments/isolation/count.ts';
import { spared } from '../../experiments/isolation/groups.ts';
import { mend } from '../../experiments/isolation/mend.ts';
import type { IsolationRecord } from '../../experiments/isolation/record.ts';
import { type Settings, standard } from '../../experiments/isolation/settings.ts';
import { runTrial } from '../../experiments/isolation/trial.ts';
import { faultNamed } from '../../faults/registry.ts';
import { waitUntilWell } from '../../trial/settle.ts';
import type { Check, CheckContext, CheckResult } from '../check.ts';
import { formatCount } from '../count.ts';
import { followHealing } from '../faults/healing.ts';

const topologies = ['monolith', 'microservices'] as const;
const module = 'posts';
const mostAttempts = 3;

/** Long enough for a platform to start a container anew. */
const settings: Settings = {
  ...standard,
  rate: 50,
  recovery: 5,
  recoveryAnew: 12,
  trials: 1,
  furtherBlocks: 0,
};
const faultsIn = {
  short: ['killed'],
  full: ['killed', 'hung', 'memory-leak', 'database-stopped'],
} as const;

/** The lab's isolation experiment on the platform, and what the platform does about each fault. */
export const faults: Check = {
  name: 'faults',
  title: 'faults stay where they are, and are healed',
  platforms: ['compose', 'swarm', 'kubernetes', 'ecs'],
  topologies,
  async run(context): Promise<CheckResult> {
    const saw: string[] = [];
    const sum = { requests: 0, failed: 0 };
    for (const fault of faultsIn[context.form]) {
      // beside the monolith for the first one; the lab has both for all
      for (const topology of fault === 'killed' ? topologies : topologies.slice(1)) {
        context.say(`${topology}: ${faultNamed(fault).label}`);
        const { line, left } = await oneTrial(context, topology, fault);
        saw.push(line);
        if (topology !== 'microservices' || !left) continue;
        sum.requests += left.requests;
        sum.failed += left.failed;
      }
    }
    return { ok: sum.requests > 0 && sum.failed === 0, saw, ...sum };
  },
};

interface Outcome {
  line: string;
  /** What became of requests for users and threads. */
  left: { requests: number; failed: number } | undefined;
}

async function oneTrial(context: CheckContext, topology: Topology, fault: string): Promise<Outcome> {
  const { platform, folder } = context;
  const deployment = platform.environment.deployment(topology);
  const healing = followHealing(deployment, deployment.serving(module));
  const record = await attempted(context, topology, fault).finally(() => healing.stop());
  await waitUntilWell(deployment.baseUrl, context.signal);
  const { cells } = await countFault([record], folder);
  const find = (route: string): Cell | undefined => cells.find((cell) => cell.route === route);
  const done = await healing.stop();
  const parts = [
    `${topology}, posts ${faultNamed(fault).label}: ${record.mark.evidence}`,
    `users and threads ${described(find(spared))}, posts ${described(find(module))}`,
    recovered(find(module)),
    done.length === 0 ? 'the platform did nothing by itself' : done.join(', '),
  ];
  const left = find(spared);
  return { line: parts.join('; '), left: left && totalOf(left) };
}

const totalOf = ({ broken, recovery }: Cell) => ({
  requests: broken.requests + recovery.requests,
  failed: broken.failed + recovery.failed,
});

function described(cell: Cell | undefined): string {
  if (!cell) return 'were not asked';
  const { requests, failed } = cell.broken;
  return `failed ${formatCount(failed)} of ${formatCount(requests)} during the fault`;
}

function recovered(cell: Cell | undefined): string {
  const seconds = cell?.recovery.recoverySeconds;
  return typeof seconds === 'number'
    ? `well again ${seconds} s after it`
    : `not well within the ${cell?.watchedSeconds ?? 0} s that were watched, but later`;
}

/** A trial that says nothing is repeated, as in the lab. */
async function attempted(context: CheckContext, topology: Topology, fault: string): Promise<IsolationRecord> {
  const { platform, form, generator, folder, signal, say } = context;
  const options = { env: platform.name, topologies, trials: 1, quick: form === 'short', seed: 1 };
  const tools: Context = { options, environment: platform.environment, generator, folder, signal, say };
  for (let trial = 1; ; trial += 1) {
    try {
      return await runTrial({ topology, module, fault, trial }, settings, tools);
    } catch (error) {
      signal.throwIfAborted();
      if (trial === mostAttempts) throw error;
      say(`once more: ${error instanceof Error ? error.message : String(error)}`);
      await mend(platform.environment.deployment(topology), tools);
    }
  }
}
