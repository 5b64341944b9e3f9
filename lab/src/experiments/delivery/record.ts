import { z } from 'zod';
import { allTopologies, environmentNames } from '../../environments/environment.ts';

const imageSchema = z.strictObject({
  component: z.string(),
  seconds: z
    .number()
    .min(0)
    .describe('to build it from the changed sources, with the cache of the build before'),
  layers: z.int().min(0).describe('in all'),
  newLayers: z.int().min(0).describe('that the image of the unchanged sources has not'),
  newBytes: z.number().min(0),
  newCompressedBytes: z.number().min(0).describe('as they are pushed and pulled'),
});
/** One image built again after the change. */
export type BuiltImage = z.infer<typeof imageSchema>;

const rollSchema = z.strictObject({
  kind: z.literal('roll'),
  topology: z.enum(allTopologies),
  environment: z.enum(environmentNames),
  trial: z.int().min(1),
  /** Null where components are no images: the code of today was rolled out again. */
  images: z.array(imageSchema).nullable(),
  /** What was rolled out: components whose images had changed. */
  services: z.array(z.string()),
  rate: z.number().positive(),
  orderedAtMs: z.number(),
  /** The first answer by the new version. */
  answeredAtMs: z.number(),
  /** No replica of the old version is left. */
  rolledAtMs: z.number(),
  /** Processes that are not those from before, by component. */
  restarted: z.array(z.strictObject({ part: z.string(), processes: z.int() })),
  /** Modules whose code was in them. */
  modules: z.array(z.string()),
  processes: z.int().describe('of our code, in all'),
  samples: z.string().describe("file in the experiment's folder"),
});
export type RollRecord = z.infer<typeof rollSchema>;

const reachSchema = z.strictObject({
  /** The workspace that is changed. */
  changed: z.string(),
  /** Workspaces that declare a dependency on it, directly or through others. */
  packages: z.array(z.string()),
  /** Components whose running program imports a file of it. */
  components: z.array(z.string()),
  /** Test files of these workspaces, and of others that import it; without those that span workspaces. */
  tests: z.int(),
});
export type Reach = z.infer<typeof reachSchema>;

const programSchema = z.strictObject({
  component: z.string(),
  /** Files of ours that its program imports, and their lines. */
  files: z.int(),
  lines: z.int(),
  /** Modules that it contains. */
  modules: z.array(z.string()),
});
export type Program = z.infer<typeof programSchema>;

const codeSchema = z.strictObject({
  kind: z.literal('code'),
  reaches: z.array(reachSchema),
  programs: z.array(programSchema),
  /** Test files in all, and those that span workspaces and have to run whatever was changed. */
  tests: z.strictObject({ all: z.int(), spanning: z.int() }),
});
export type CodeRecord = z.infer<typeof codeSchema>;

export const deliverySchema = z.discriminatedUnion('kind', [rollSchema, codeSchema]);
export type DeliveryRecord = z.infer<typeof deliverySchema>;
