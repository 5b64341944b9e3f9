import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';

const inspected = z.tuple([
  z.object({
    Id: z.string(),
    Architecture: z.string(),
    RootFS: z.object({ Layers: z.array(z.string()) }),
    Config: z.object({
      User: z.string(),
      Env: z.array(z.string()).default([]),
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Labels: z.record(z.string(), z.string()).nullish(),
      Healthcheck: z.object({ Test: z.array(z.string()) }).optional(),
    }),
  }),
]);

/** What the engine tells of an image that it has. */
export async function inspectImage(image: string): Promise<z.infer<typeof inspected>[0]> {
  const [found] = inspected.parse(JSON.parse(await read('docker', ['image', 'inspect', image])));
  return found;
}
