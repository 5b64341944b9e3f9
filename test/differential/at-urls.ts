import { differential } from './differential.ts';

differential(
  process.env.CONTRACT_MONOLITH_URL ?? 'http://127.0.0.1:3000',
  process.env.CONTRACT_MICROSERVICES_URL ?? 'http://127.0.0.1:8080',
  { isBehindBalancer: process.env.DIFFERENTIAL_BEHIND_BALANCER === 'yes' },
);
