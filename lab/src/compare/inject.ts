import type { EnvironmentDriver, Service } from '../environments/driver.ts';
import type { Fault, FaultMark } from '../report/schema.ts';
import { waitUntil } from '../trial/wait.ts';
import { type PortState, probePort } from './probe.ts';

/** Longer than any answer of a component that is well, short against a fault. */
const probeMs = 400;

const expected: Record<Fault, PortState> = {
  kill: 'refuses connections',
  hang: 'accepts and does not answer',
};

const apply = (driver: EnvironmentDriver, fault: Fault, service: Service): Promise<void> =>
  fault === 'kill' ? driver.kill(service) : driver.pause(service);

const remove = (driver: EnvironmentDriver, fault: Fault, service: Service): Promise<void> =>
  fault === 'kill' ? driver.restore(service) : driver.resume(service);

const requireBroken = async (fault: Fault, service: Service, port: number): Promise<void> => {
  const state = await probePort(port, probeMs);
  if (state !== expected[fault])
    throw new Error(`${fault} was not seen: port ${port} of ${service} ${state}`);
};

/** What is to be broken, how, and when (epoch ms). */
export type Injection = { service: Service; fault: Fault; beginMs: number; removeMs: number };

/**
 * Breaks a component at `beginMs` and mends it at `removeMs`. Its port must show the fault soon after the beginning
 * and again just before the end, or this throws; also when the driver did not see the fault.
 */
export const inject = async (
  driver: EnvironmentDriver,
  { service, fault, beginMs, removeMs }: Injection,
  signal: AbortSignal,
): Promise<FaultMark> => {
  await waitUntil(beginMs, signal);
  const component = driver.components().find((one) => one.name === service);
  if (component === undefined) throw new Error(`${service} is not running`);
  const beganAtMs = Date.now();
  await apply(driver, fault, service);
  const seenAtMs = Date.now();
  await requireBroken(fault, service, component.port);
  await waitUntil(removeMs - probeMs, signal);
  await requireBroken(fault, service, component.port);
  await waitUntil(removeMs, signal);
  const removedAtMs = Date.now();
  await remove(driver, fault, service);
  const evidence = `pid ${component.pid ?? 'unknown'}; port ${component.port} ${expected[fault]}, at both ends`;
  return { fault, beganAtMs, seenAtMs, removedAtMs, backAtMs: Date.now(), evidence };
};
