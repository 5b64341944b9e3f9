// The same as raw-pg.js with postgres.js, which prepares statements and pipelines them by itself.
import { createServer } from 'node:http';
import postgres from 'postgres';

const { PORT, DATABASE_URL, DATABASE_POOL } = process.env;
const sql = postgres(DATABASE_URL, { max: Number(DATABASE_POOL) });
const type = 'application/json; charset=utf-8';

const send = (response, status, body) => {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
};

const bodyOf = async (request) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString());
};

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (request.method === 'POST') {
    const { username, name, bio } = await bodyOf(request);
    const [row] = await sql`
      insert into users.users (username, name, bio) values (${username}, ${name}, ${bio})
      returning id, username, name, bio`;
    return send(response, 201, row);
  }
  if (pathname === '/api/users') {
    const [after, limit] = [Number(searchParams.get('after') ?? 0), Number(searchParams.get('limit') ?? 20)];
    const rows = await sql`
      select id, username, name, bio from users.users where id > ${after} order by id limit ${limit}`;
    return send(response, 200, rows);
  }
  const id = Number(pathname.slice('/api/users/'.length));
  const [row] = await sql`select id, username, name, bio from users.users where id = ${id}`;
  return row ? send(response, 200, row) : send(response, 404, { error: 'not found' });
}).listen(Number(PORT), '127.0.0.1');
