// @fastify/http-proxy as its README has it; it forwards with undici.
import httpProxy from '@fastify/http-proxy';
import Fastify from 'fastify';

const { PORT, TARGET } = process.env;
const server = Fastify();
await server.register(httpProxy, { upstream: TARGET });
await server.listen({ host: '127.0.0.1', port: Number(PORT) });
