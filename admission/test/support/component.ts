import { createAdmission } from '@cleave/admission/admission';
import { admissionSchema } from '@cleave/admission/config';
import type { Gate } from '@cleave/admission/gate';
import type { Handler } from '@cleave/kit/app';
import { startComponent } from '@cleave/kit/component';
import { componentSchema } from '@cleave/kit/config';
import { choosePorts } from '../../../lab/src/environments/ports.ts';

export interface TestComponent {
  port: number;
  adminPort: number;
  stop(): Promise<void>;
}

/** Starts a component with an admission before these handlers. */
export async function startAdmitting(
  handlers: Handler[],
  { env = {}, gate }: { env?: Record<string, string>; gate?: Gate } = {},
): Promise<TestComponent> {
  const [port = 0, adminPort = 0] = await choosePorts([{}, {}]);
  const values = {
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    INSTANCE: 'test-1',
    LOG_LEVEL: 'silent',
    ...env,
  };
  const schema = componentSchema.extend(admissionSchema.shape);
  const stop = await startComponent('test', schema, values, async (tools) => ({
    handlers,
    admission: createAdmission(tools, gate),
    maxHeaderSize: 16_384,
    isReady: async () => true,
    close: async () => {},
  }));
  return { port, adminPort, stop };
}
