import type { OpenEngine } from './engine.ts';
import { openHttpProxyEngine } from './http-proxy/http-proxy-engine.ts';
import { openUndiciEngine } from './undici/undici-engine.ts';

/** The engines to choose from, by `GATEWAY_ENGINE`. */
export const engineNames = ['undici', 'http-proxy'] as const;
export type EngineName = (typeof engineNames)[number];

export const engines: Record<EngineName, OpenEngine> = {
  undici: openUndiciEngine,
  'http-proxy': openHttpProxyEngine,
};
