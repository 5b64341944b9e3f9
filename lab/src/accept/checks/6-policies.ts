import type { Check, CheckContext, CheckResult } from '../check.ts';
import type { Bite, PolicyProbe, ProbeTools } from '../platform.ts';

const topologies = ['microservices', 'monolith'] as const;

/** What the platform forbids or enforces, seen to be so: each probe tries to break it. */
export const policies: Check = {
  name: 'policies',
  title: 'policies bite',
  platforms: ['compose', 'swarm', 'kubernetes', 'ecs'],
  topologies,
  async run(context): Promise<CheckResult> {
    const counts = { requests: 0, failed: 0 };
    const saw: string[] = [];
    let ok = context.platform.policies.length > 0;
    for (const [index, probe] of context.platform.policies.entries()) {
      context.signal.throwIfAborted();
      const { bites, saw: seen } = await tried(probe, toolsFor(context, index, counts), context.signal);
      ok &&= bites;
      saw.push(`${bites ? 'holds' : 'BROKEN'}: ${probe.name} (${seen.join('; ')})`);
    }
    return { ok, saw, ...(counts.requests > 0 && counts) };
  },
};

/** A probe that broke shows nothing, which is as bad as a promise that is not kept. */
async function tried(probe: PolicyProbe, tools: ProbeTools, signal: AbortSignal): Promise<Bite> {
  try {
    return await probe.run(tools);
  } catch (error) {
    signal.throwIfAborted();
    return { bites: false, saw: [`the probe broke off: ${String(error)}`] };
  }
}

const toolsFor = (
  { signal, say, load }: CheckContext,
  index: number,
  counts: { requests: number; failed: number },
): ProbeTools => ({
  signal,
  say,
  async load(topology, order, meanwhile) {
    const what = `policy-${index + 1}`;
    const { requests, failed, failingSeconds } = await load({ what, topology, ...order }, meanwhile);
    counts.requests += requests;
    counts.failed += failed;
    return { requests, failed, failingSeconds };
  },
});
