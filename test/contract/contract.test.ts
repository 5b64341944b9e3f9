import { after, before, describe } from 'node:test';
import { topologies } from '../../lab/src/environments/driver.ts';
import { restartAll, startEnvironment } from '../support/environment.ts';
import { contract } from './contract.ts';
import { degradation } from './degradation.ts';

const environment = await startEnvironment();
after(() => environment.down());
const target = (topology: (typeof topologies)[number]) => ({
  topology,
  baseUrl: environment.baseUrl(topology),
});

for (const topology of topologies) contract(target(topology));

describe('after every component was restarted', () => {
  before(() => restartAll(environment));
  for (const topology of topologies) contract(target(topology), ', again');
});

degradation(environment);
