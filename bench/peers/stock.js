// Koa, its router, Kysely and pg as their own documentation puts them together.
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

const { PORT, DATABASE_URL, DATABASE_POOL } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL) });
const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
const router = new Router();
const columns = ['id', 'username', 'name', 'bio'];

router.get('/api/users', async (ctx) => {
  const { after = 0, limit = 20 } = ctx.query;
  const page = db.selectFrom('users.users').select(columns).where('id', '>', Number(after));
  ctx.body = await page.orderBy('id').limit(Number(limit)).execute();
});
router.post('/api/users', async (ctx) => {
  const { username, name, bio } = ctx.request.body;
  const row = { username, name, bio };
  ctx.body = await db.insertInto('users.users').values(row).returning(columns).executeTakeFirst();
  ctx.status = 201;
});
router.get('/api/users/:userId', async (ctx) => {
  const id = Number(ctx.params.userId);
  const user = await db.selectFrom('users.users').select(columns).where('id', '=', id).executeTakeFirst();
  if (user === undefined) ctx.throw(404);
  ctx.body = user;
});

// Where the database is the monolith's: a thread, its posts and their authors in two statements.
router.get('/api/threads/:threadId/discussion', async (ctx) => {
  const id = Number(ctx.params.threadId);
  const thread = await db.selectFrom('threads.threads').selectAll().where('id', '=', id).executeTakeFirst();
  if (thread === undefined) ctx.throw(404);
  const posts = await db
    .selectFrom('posts.posts as post')
    .innerJoin('users.users as author', 'author.id', 'post.user')
    .select(['post.id', 'post.text', 'author.id as userId', 'author.username', 'author.name'])
    .where('post.thread', '=', id)
    .orderBy('post.id')
    .limit(Number(ctx.query.limit ?? 20))
    .execute();
  ctx.body = { ...thread, posts };
});

new Koa()
  .use(bodyParser())
  .use(router.routes())
  .use(router.allowedMethods())
  .listen(Number(PORT), '127.0.0.1');
