import { admissionSchema } from '@cleave/admission/config';
import { componentSchema } from '@cleave/kit/config';
import { z } from 'zod';
import { engineNames } from './engines.ts';

export const configSchema = componentSchema.extend({
  ...admissionSchema.shape,
  // path of the routes file; it is watched
  ROUTES_FILE: z.string().min(1),
  // how requests get to the replicas
  GATEWAY_ENGINE: z.enum(engineNames).default('undici'),
});
