import { componentSchema, databaseSchema } from '@cleave/kit/config';

export const configSchema = componentSchema.extend(databaseSchema.shape);
