import { after, before, describe } from 'node:test';
import { type MainTopology, mainTopologies } from '../../lab/src/environments/environment.ts';
import { restartAll, startEnvironment } from '../support/environment.ts';
import { contract } from './contract.ts';
import { degradation } from './degradation.ts';

const environment = await startEnvironment();
after(() => environment.down());
const target = (topology: MainTopology) => ({
  topology,
  baseUrl: environment.deployment(topology).baseUrl,
});

for (const topology of mainTopologies) contract(target(topology));

describe('after every component was restarted', () => {
  before(() => restartAll(environment));
  for (const topology of mainTopologies) contract(target(topology), ', again');
});

degradation(environment.deployment('microservices'));
