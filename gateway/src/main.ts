import { runComponent, startComponent } from '@cleave/kit/component';
import { traced } from '@cleave/tracing';
import { configSchema } from './config.ts';
import { createGateway } from './gateway.ts';

const start = () => startComponent('gateway', configSchema, process.env, createGateway);

await runComponent(traced('gateway', process.env, start));
