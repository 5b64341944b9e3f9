import { after } from 'node:test';
import { startEnvironment } from '../support/environment.ts';
import { differential } from './differential.ts';

const environment = await startEnvironment();
after(() => environment.down());
const urlOf = (topology: 'monolith' | 'microservices') => environment.deployment(topology).baseUrl;

differential(urlOf('monolith'), urlOf('microservices'));
