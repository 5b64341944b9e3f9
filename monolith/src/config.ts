import { admissionSchema } from '@cleave/admission/config';
import { faultsSchema } from '@cleave/faults/config';
import { componentSchema } from '@cleave/kit/config';
import { databaseSchema } from '@cleave/module-kit/config';

export const configSchema = componentSchema
  .extend(admissionSchema.shape)
  .extend(databaseSchema.shape)
  .extend(faultsSchema.shape);
