// 8. Everything that was made is gone.
import type { Check, CheckResult } from '../check.ts';

export const cleanup: Check = {
  name: 'cleanup',
  title: 'nothing is left behind',
  platforms: ['compose', 'swarm', 'kubernetes', 'ecs'],
  topologies: ['monolith', 'microservices'],
  async run({ platform, say }): Promise<CheckResult> {
    say('removing everything');
    const before = await platform.leftovers();
    await platform.environment.down();
    const after = await platform.leftovers();
    // a list that is empty before, too, would prove nothing
    const saw = [
      `there were ${before.length}: ${before.join(', ')}`,
      after.length === 0 ? 'nothing of it is left' : `left: ${after.join(', ')}`,
    ];
    return { ok: before.length > 0 && after.length === 0, saw };
  },
};
