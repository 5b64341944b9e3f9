import type { Status } from './status.ts';

/** The status for a reader. */
export function statusText({ url, stacks, components, weights }: Status): string {
  if (Object.keys(stacks).length === 0) return 'Nothing is up.';
  const lines = [`URL  ${url ?? '(none yet)'}`, '', 'stacks'];
  for (const [part, state] of Object.entries(stacks)) lines.push(`  ${part.padEnd(20)} ${state}`);
  lines.push('', 'components');
  for (const { component, image, dataOf, running, desired, targets, replicas } of components) {
    const health = Object.entries(targets).map(([state, count]) => `${count} ${state}`);
    lines.push(
      `  ${component.padEnd(9)} image ${image}, data of ${dataOf}, ${running} of ${desired} tasks, ` +
        `targets: ${health.join(', ') || 'none'}; answered: ${replicas.join(', ') || 'nobody'}`,
    );
  }
  if (weights) {
    lines.push('', 'paths, of a hundred requests');
    for (const [service, weight] of Object.entries(weights))
      lines.push(`  /api/${service.padEnd(8)} ${weight} to ${service}, ${100 - weight} to monolith`);
  }
  return lines.join('\n');
}
