// Replicas of a service, one at each of ADDRESSES, that fail when they are told to, and count what they are sent.
import { createServer } from 'node:http';

const addresses = process.env.ADDRESSES.split(',');
let [fault, failing] = ['none', 0];
let attempts = 0;
const ids = new Set();

const faults = {
  503: (response) => response.writeHead(503).end(),
  breaks: (response) => response.destroy(),
  hangs: () => undefined,
};

// `/control?fault=hangs&failing=1`: the first one hangs from now on. Tells what was counted, and begins anew.
const control = ({ searchParams }, response) => {
  response.end(JSON.stringify({ attempts, repeated: attempts - ids.size }));
  fault = searchParams.get('fault') ?? 'none';
  failing = Number(searchParams.get('failing') ?? 0);
  attempts = 0;
  ids.clear();
};

for (const [index, address] of addresses.entries())
  createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    if (url.pathname === '/control') return control(url, response);
    attempts += 1;
    ids.add(request.headers['x-request-id']);
    if (index < failing) return faults[fault](response);
    return response.end('{}');
  }).listen(Number(process.env.PORT), address);
