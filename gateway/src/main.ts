import { runComponent, startComponent } from '@cleave/kit/component';
import { configSchema } from './config.ts';
import { createGateway } from './gateway.ts';

await runComponent(() => startComponent('gateway', configSchema, process.env, createGateway));
