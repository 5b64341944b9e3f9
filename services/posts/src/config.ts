import { componentSchema, databaseSchema, peerUrl } from '@cleave/kit/config';

export const configSchema = componentSchema
  .extend(databaseSchema.shape)
  .extend({ USERS_URL: peerUrl, THREADS_URL: peerUrl });
