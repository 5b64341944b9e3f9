import { type Component, startComponent } from '@cleave/kit/component';
import { componentSchema } from '@cleave/kit/config';
import { choosePorts } from '../../../lab/src/environments/ports.ts';

export interface TestComponent {
  traffic: string;
  admin: string;
  control: string;
  token: string;
  stop(): Promise<void>;
}

/** Starts a component with these handlers on three free ports. */
export async function startTestComponent(
  component: Partial<Component> & Pick<Component, 'handlers'>,
  env: Record<string, string> = {},
): Promise<TestComponent> {
  const [port = 0, adminPort = 0, controlPort = 0] = await choosePorts([{}, {}, {}]);
  const token = 'a-token-of-20-letters';
  const values = {
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    CONTROL_PORT: String(controlPort),
    CONTROL_TOKEN: token,
    INSTANCE: 'test-1',
    LOG_LEVEL: 'silent',
    ...env,
  };
  const ready = { maxHeaderSize: 16_384, isReady: async () => true, close: async () => {} };
  const stop = await startComponent('test', componentSchema, values, async () => ({
    ...ready,
    ...component,
  }));
  const url = (of: number) => `http://127.0.0.1:${of}`;
  return { traffic: url(port), admin: url(adminPort), control: url(controlPort), token, stop };
}
