import { faultsSchema } from '@cleave/faults/config';
import { componentSchema, databaseSchema, peerUrl } from '@cleave/kit/config';

export const configSchema = componentSchema
  .extend(databaseSchema.shape)
  .extend(faultsSchema.shape)
  .extend({ USERS_URL: peerUrl, THREADS_URL: peerUrl });
