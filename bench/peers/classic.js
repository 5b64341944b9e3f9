// The classic sample: Koa 1 with generators, four users in memory, a line of log for each request.
import Koa from 'koa-classic';
import createRouter from 'koa-router-classic';

const users = [
  { id: 1, username: 'marceline', name: 'Marceline', bio: '1000 year old vampire queen, musician' },
  { id: 2, username: 'finn', name: 'Finn Alberts', bio: 'Says yes to every quest' },
  { id: 3, username: 'pb', name: 'Paul Barium', bio: 'Chemist with too many books' },
  { id: 4, username: 'jake', name: 'Jake', bio: 'Cooks for everybody' },
];
const app = new Koa();
const router = createRouter();

app.use(function* (next) {
  const began = Date.now();
  yield next;
  console.log('%s %s - %s', this.method, this.url, Date.now() - began);
});
router.get('/api/users', function* (next) {
  this.body = users;
  yield next;
});
router.get('/api/users/:userId', function* (next) {
  // whatever id is asked for: there are only four
  const id = (Number.parseInt(this.params.userId, 10) % users.length) + 1;
  this.body = users.find((user) => user.id === id);
  yield next;
});
app.use(router.routes());
app.use(router.allowedMethods());
app.listen(Number(process.env.PORT), '127.0.0.1');
