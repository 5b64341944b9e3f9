// The bill counts what the templates make, and the guide prints the bill.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { parts } from '../../aws/src/cost/bill.ts';
import { costTable } from '../../aws/src/cost/cost-table.ts';
import { readEdgePrices } from '../../aws/src/cost/prices.ts';
import { root } from '../architecture/sources.ts';
import { propertiesOf, readTemplate } from '../drift/ecs.ts';

const count = (template: string, type: string): number =>
  Object.values(readTemplate(template).Resources).filter(({ Type }) => Type === type).length;

describe('the cost of a deployment', () => {
  it('counts what the templates make', () => {
    const endpoints = Object.values(readTemplate('network').Resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::EC2::VPCEndpoint' && Properties.VpcEndpointType === 'Interface',
    );
    const secrets =
      count('data', 'AWS::SecretsManager::Secret') + count('migration', 'AWS::SecretsManager::Secret');
    const policies = count('scaling', 'AWS::ApplicationAutoScaling::ScalingPolicy');
    const alarms = count('scaling', 'AWS::CloudWatch::Alarm');
    assert.equal(endpoints.length, parts.endpoints);
    assert.equal(count('network', 'AWS::EC2::Subnet'), 2 * parts.zones);
    assert.equal(secrets, parts.secretsOfComponent);
    assert.equal(alarms + 2 * policies, parts.alarmsOfComponent);
    assert.equal(count('observability', 'AWS::CloudWatch::Alarm'), parts.alarms);
    assert.equal(count('observability', 'AWS::CloudWatch::Dashboard'), parts.dashboards);
  });

  it('takes the instance and the storage that the templates ask for', () => {
    const data = readTemplate('data');
    assert.equal(data.Parameters.InstanceClass?.Default, parts.instance);
    const { AllocatedStorage } = propertiesOf(data, 'Instance', z.object({ AllocatedStorage: z.string() }));
    assert.equal(Number(AllocatedStorage), parts.storageGb);
  });

  it('is in the guide as it is computed', async () => {
    const guide = readFileSync(`${root}/docs/aws.md`, 'utf8');
    const printed = /<!-- cost:begin -->\n([\s\S]*?)\n<!-- cost:end -->/.exec(guide)?.[1];
    assert.equal(printed, await costTable());
  });

  it('has every price that was not confirmed named in the guide', async () => {
    const guide = readFileSync(`${root}/docs/aws.md`, 'utf8');
    const open = Object.entries(await readEdgePrices()).flatMap(([name, price]) =>
      typeof price === 'object' && typeof price.confirmed === 'string' ? [name] : [],
    );
    const told = /Not confirmed: ([^.]*)\./.exec(guide)?.[1]?.split(', ') ?? [];
    assert.deepEqual(told, open);
  });
});
