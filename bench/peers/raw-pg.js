// The least that reads a row for a request: node:http and pg, the statement named so that PostgreSQL plans it once.
import { createServer } from 'node:http';
import pg from 'pg';

const { PORT, DATABASE_URL, DATABASE_POOL } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL) });
const one = { name: 'one', text: 'select id, username, name, bio from users.users where id = $1' };
const page = {
  name: 'page',
  text: 'select id, username, name, bio from users.users where id > $1 order by id limit $2',
};
const discussion = {
  name: 'discussion',
  text: `
    select thread.title, thread.created_by as "createdBy",
      json_build_object('id', creator.id, 'username', creator.username, 'name', creator.name) as author,
      post.id as "postId", post.text, post."user",
      json_build_object('id', poster.id, 'username', poster.username, 'name', poster.name) as "postAuthor"
    from threads.threads thread
    join users.users creator on creator.id = thread.created_by
    left join lateral (
      select id, text, "user" from posts.posts where thread = $1 order by id limit $2
    ) post on true
    left join users.users poster on poster.id = post."user"
    where thread.id = $1
    order by post.id`,
};
const insert = {
  name: 'insert',
  text: 'insert into users.users (username, name, bio) values ($1, $2, $3) returning id, username, name, bio',
};
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

const asDiscussion = (id, rows) => ({
  id,
  title: rows[0].title,
  createdBy: rows[0].createdBy,
  author: rows[0].author,
  posts: rows.flatMap(({ postId, text, user, postAuthor }) =>
    postId === null ? [] : [{ id: postId, thread: id, text, user, author: postAuthor }],
  ),
});

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (request.method === 'POST') {
    const { username, name, bio } = await bodyOf(request);
    const { rows } = await pool.query({ ...insert, values: [username, name, bio] });
    return send(response, 201, rows[0]);
  }
  const thread = /^\/api\/threads\/(\d+)\/discussion$/.exec(pathname)?.[1];
  if (thread !== undefined) {
    const limit = Number(searchParams.get('limit') ?? 20);
    const { rows } = await pool.query({ ...discussion, values: [Number(thread), limit] });
    return rows[0]
      ? send(response, 200, asDiscussion(Number(thread), rows))
      : send(response, 404, { error: 'not found' });
  }
  if (pathname === '/api/users') {
    const { rows } = await pool.query({
      ...page,
      values: [Number(searchParams.get('after') ?? 0), Number(searchParams.get('limit') ?? 20)],
    });
    return send(response, 200, rows);
  }
  const { rows } = await pool.query({ ...one, values: [Number(pathname.slice('/api/users/'.length))] });
  return rows[0] ? send(response, 200, rows[0]) : send(response, 404, { error: 'not found' });
}).listen(Number(PORT), '127.0.0.1');
