import { z } from 'zod';

const component = z.looseObject({
  type: z.string(),
  'bom-ref': z.string(),
  group: z.string().optional(),
  name: z.string(),
  version: z.string().optional(),
  purl: z.string().optional(),
});
const dependency = z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() });

/** As much of CycloneDX's form as is looked at here; the rest of it is kept. */
export const bom = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z.looseObject({ component }),
  components: z.array(component),
  dependencies: z.array(dependency),
});
export type Bom = z.infer<typeof bom>;
export type BomComponent = z.infer<typeof component>;
