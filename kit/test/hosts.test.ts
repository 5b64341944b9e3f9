import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '@cleave/kit/config';
import { addressesOf } from '@cleave/kit/server';
import { startTestComponent } from './support/component.ts';

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/livez`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('ADMIN_HOST', () => {
  it('takes addresses as they are, and names for those of their addresses that are of this machine', async () => {
    assert.deepEqual(await addressesOf('ADMIN_HOST', '127.0.0.2,0.0.0.0'), ['127.0.0.2', '0.0.0.0']);
    assert.ok((await addressesOf('ADMIN_HOST', 'localhost')).some((one) => /^(127\.0\.0\.1|::1)$/.test(one)));
  });

  it('is refused, by its name, where it names another machine or none', async () => {
    await assert.rejects(
      addressesOf('ADMIN_HOST', '127.0.0.1,nobody.invalid'),
      (error) => error instanceof ConfigError && /^ADMIN_HOST names nobody\.invalid/.test(error.message),
    );
  });

  it('puts the admin port at each of these addresses, and the traffic port at none of them', async () => {
    const component = await startTestComponent({ handlers: [] }, { ADMIN_HOST: '127.0.0.2,127.0.0.3' });
    try {
      const at = (url: string, address: string) => url.replace('127.0.0.1', address);
      for (const address of ['127.0.0.2', '127.0.0.3']) {
        assert.equal(await answers(at(component.admin, address)), true);
        assert.equal(await answers(at(component.traffic, address)), false);
      }
      assert.equal(await answers(component.admin), false);
      assert.equal(await answers(component.traffic), true);
    } finally {
      await component.stop();
    }
  });
});
