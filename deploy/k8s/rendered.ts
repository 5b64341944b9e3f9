import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { kubectl } from '../../lab/src/environments/kubernetes/kubectl.ts';

/** One object of a manifest, as far as every object has it. */
export const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
});
export type RenderedObject = z.infer<typeof objectSchema>;

/** All objects of an overlay (a folder, from the root of the repository) as they would be applied. */
export const render = async (overlay: string): Promise<RenderedObject[]> =>
  parseObjects(await kubectl(['kustomize', overlay]));

/** The objects of a YAML stream. */
export const parseObjects = (yaml: string): RenderedObject[] =>
  parseAllDocuments(yaml).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return objectSchema.parse(document.toJS());
  });
