import { z } from 'zod';

/** What every component with a database reads besides. */
export const databaseSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100),
});

/** Where a peer answers. */
export const peerUrl = z.url({ protocol: /^https?$/ });
