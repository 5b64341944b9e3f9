import { kubectlIn } from './kubectl.ts';

const LAST_EVENTS = 10;

/** What a person would look at first: the pods, the last warnings, the last lines of their logs. */
export async function describeTrouble(namespace: string): Promise<string> {
  const kubectl = kubectlIn(namespace);
  const events = ['get', 'events', '--sort-by=.lastTimestamp', '--field-selector=type=Warning'];
  const logs = ['logs', '--selector=app.kubernetes.io/part-of=cleave', '--all-containers', '--prefix'];
  const seen = await Promise.all([
    kubectl(['get', 'pods', '--output=wide']),
    kubectl(events).then((text) => text.split('\n').slice(-LAST_EVENTS).join('\n')),
    kubectl([...logs, '--tail=5', '--ignore-errors', '--max-log-requests=30']),
  ]);
  return seen.join('\n');
}
