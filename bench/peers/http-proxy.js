// http-proxy, or another PACKAGE with its interface, as its README has it; KEEP_ALIVE=1 adds the agent that keeps
// connections to the upstream.
import { Agent, createServer } from 'node:http';

const { PORT, TARGET, KEEP_ALIVE, PACKAGE } = process.env;
const { default: whole, createProxyServer = whole.createProxyServer } = await import(PACKAGE);
const agent = KEEP_ALIVE ? new Agent({ keepAlive: true }) : undefined;
const proxy = createProxyServer({ target: TARGET, ...(agent && { agent }) });
proxy.on('error', (_error, _request, response) => response.destroy());
createServer((request, response) => proxy.web(request, response)).listen(Number(PORT), '127.0.0.1');
