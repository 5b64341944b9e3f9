// What stands behind every gateway: as little as a Node process can do for a request.
import { createServer } from 'node:http';

const body = JSON.stringify({
  id: 2,
  username: 'finn',
  name: 'Finn Alberts',
  bio: 'Says yes to every quest',
});
const head = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };

const server = createServer((_request, response) => response.writeHead(200, head).end(body));
server.keepAliveTimeout = 75_000; // longer than any gateway keeps a connection without a request
server.listen(Number(process.env.PORT), '127.0.0.1');
