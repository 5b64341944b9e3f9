import util from 'node:util';

// http-proxy 1.18.1 copies options with util._extend; on its first call Node prints a deprecation (DEP0060)
// that no user can do anything about. Object.assign does the same, and has to be in place before the import.
Object.defineProperty(util, '_extend', { value: Object.assign });

const { default: httpProxy } = await import('http-proxy');
export const { createProxyServer } = httpProxy;
