// Which ports of a topology are published outside of the cluster.
import { z } from 'zod';
import { kubectl } from './kubectl.ts';

const listSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      spec: z.object({
        type: z.string(),
        ports: z.array(z.object({ port: z.number(), nodePort: z.number().optional() })).default([]),
      }),
    }),
  ),
});

/** Of the namespace whose entrance answers at `baseUrl`: `gateway 8080/tcp -> 31234 of every node`. */
export async function nodePorts(baseUrl: string): Promise<string[]> {
  const { items } = listSchema.parse(
    JSON.parse(await kubectl(['get', 'services', '--all-namespaces', '--output=json'])),
  );
  const doors = items.flatMap(({ metadata, spec }) =>
    spec.ports.flatMap(({ port, nodePort }) =>
      nodePort === undefined ? [] : [{ ...metadata, port, nodePort }],
    ),
  );
  const entrance = doors.find(({ nodePort }) => String(nodePort) === new URL(baseUrl).port);
  return doors
    .filter(({ namespace }) => namespace === entrance?.namespace)
    .map(({ name, port, nodePort }) => `${name} ${port}/tcp -> ${nodePort} of every node`);
}
