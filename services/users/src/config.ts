import { faultsSchema } from '@cleave/faults/config';
import { componentSchema, databaseSchema } from '@cleave/kit/config';

export const configSchema = componentSchema.extend(databaseSchema.shape).extend(faultsSchema.shape);
