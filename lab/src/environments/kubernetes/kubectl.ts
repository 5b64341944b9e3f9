import { CannotStart } from '../cannot-start.ts';
import { type ReadOptions, read } from '../compose/command.ts';

/** Runs kubectl with the kubeconfig of whoever runs us. @throws Error with the last lines of its stderr */
export const kubectl = (args: readonly string[], options: ReadOptions = {}): Promise<string> =>
  read('kubectl', args, options);

/** kubectl in one namespace. */
export type Kubectl = (args: readonly string[], options?: ReadOptions) => Promise<string>;
export const kubectlIn =
  (namespace: string): Kubectl =>
  (args, options) =>
    kubectl(['--namespace', namespace, ...args], options);

/** @throws CannotStart in one sentence when there is no kubectl, or no cluster answers it */
export async function requireCluster(): Promise<void> {
  try {
    await kubectl(['get', '--raw=/readyz', '--request-timeout=5s']);
  } catch (error) {
    throw new CannotStart(
      'The kubernetes environment needs kubectl and a cluster that answers it: `kubectl get nodes` does not work here.',
      { cause: error },
    );
  }
}

/** Applies objects, in their order. */
export async function apply(objects: readonly object[], options: ReadOptions = {}): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await kubectl(['apply', '--filename', '-'], { ...options, input: JSON.stringify(list) });
}
