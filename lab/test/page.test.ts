import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { chromiumFlags, findChromium, skipWithoutChromium } from './support/chromium.ts';
import { ask } from './support/page-request.ts';
import { ended, startBoth, temporaryPlace } from './support/started.ts';

const recorded = z.object({
  seconds: z.array(
    z.object({
      at: z.number(),
      topologies: z.array(
        z.object({
          topology: z.string(),
          groups: z.record(z.string(), z.object({ requests: z.number(), failed: z.number() })),
        }),
      ),
    }),
  ),
  log: z.array(z.object({ at: z.number(), kind: z.string() })),
});

describe('the page', () => {
  it('shows what breaks, and what does not, when what serves posts is killed', {
    skip: skipWithoutChromium(),
  }, async (t) => {
    const url = await startForPage(t);
    const { page, complaints } = await openPage(t, url);
    const shows = (topology: string, group: string, text: string) =>
      chartOf(page, topology, group)
        .locator('strong', { hasText: new RegExp(`^${text}$`) })
        .waitFor();

    await page.locator('#rate').focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
    await page.getByText('40/s to each').waitFor();
    for (const topology of ['monolith', 'microservices']) await shows(topology, 'users', '100 %');
    assert.equal(await page.evaluate('document.documentElement.scrollHeight'), 720);

    await page.locator('#both').getByRole('button', { name: 'Kill' }).click();
    await shows('monolith', 'users', '0 %');
    await shows('microservices', 'posts', '0 %');
    await shows('microservices', 'users', '100 %');
    await latestColour(page, 'monolith', 'red');
    await latestColour(page, 'microservices', 'green');
    await usersOfTheForumSee(page);

    await page.getByRole('button', { name: 'Undo all' }).click();
    for (const topology of ['monolith', 'microservices']) await shows(topology, 'posts', '100 %');
    await reply(page, 'monolith');
    await page.getByText('Log', { exact: true }).click();
    await page.locator('#log').getByText('everything undone').waitFor();

    for (const path of ['/api/posts?limit=1', '/api/users/1', '/readyz']) {
      const { status } = await ask(url, 'GET', `/forum/monolith${path}`, { host: new URL(url).host });
      assert.equal(status, 404, `${path} is passed on`);
    }

    const during = await duringTheFault(url);
    const users = (topology: string) =>
      during.map((second) => second.find((one) => one.topology === topology)?.groups.users);
    assert.ok(share(users('microservices')) >= 0.99);
    assert.ok(share(users('monolith')) <= 0.01);

    await page.setViewportSize({ width: 390, height: 844 });
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 390);
    assert.deepEqual(complaints, []);
  });
});

/** Starts everything; it is stopped in order before its folder goes, also where the test fails. */
async function startForPage(t: TestContext): Promise<string> {
  const stops: (() => Promise<unknown>)[] = [];
  t.after(() => Promise.all(stops.map((stop) => stop())));
  const { child, page } = await startBoth(t, await temporaryPlace(t));
  stops.push(() => ended(child, 'SIGTERM'));
  return page;
}

async function openPage(t: TestContext, url: string): Promise<{ page: Page; complaints: string[] }> {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: chromiumFlags,
  });
  t.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isAnswer = message.text().startsWith('Failed to load resource'); // the forum that is down
    if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

const chartOf = (page: Page, topology: string, group: string) =>
  page.locator(`#answers .${topology} .chart.answered`, { hasText: group });

/** Waits until the latest second of the chart of users is drawn in a colour. */
async function latestColour(page: Page, topology: string, wanted: 'red' | 'green'): Promise<void> {
  const comparison = wanted === 'red' ? 'red > 2 * green' : 'green > 2 * red';
  await page.waitForFunction(`(() => {
    const canvas = document.querySelector('#answers .${topology} .chart.answered canvas');
    const { width, height } = canvas;
    const [red, green] = canvas.getContext('2d').getImageData(width - 2, height / 2, 1, 1).data;
    return ${comparison};
  })()`);
}

async function usersOfTheForumSee(page: Page): Promise<void> {
  await page.getByText('Forum', { exact: true }).click();
  await page.locator('#forum .monolith').getByText('This site can’t be reached').waitFor();
  const services = page.locator('#forum .microservices');
  await services.locator('.thread').first().click();
  await services.getByText('Posts cannot be shown right now').waitFor();
}

async function reply(page: Page, topology: string): Promise<void> {
  const forum = page.locator(`#forum .${topology}`);
  await forum.locator('.thread').first().click();
  await forum.getByPlaceholder('Your reply').fill('Seen from the page');
  await forum.getByRole('button', { name: 'Reply' }).click();
  await forum.locator('.posts').getByText('Seen from the page').waitFor();
}

/** The seconds that lay wholly within the fault, from the page's own export. */
async function duringTheFault(url: string) {
  const { body } = await ask(url, 'GET', '/api/export', { host: new URL(url).host });
  const { seconds, log } = recorded.parse(JSON.parse(/id="data">(.*?)<\/script>/s.exec(body)?.[1] ?? ''));
  const from = log.findLast(({ kind }) => kind === 'fault')?.at ?? 0;
  const to = log.findLast(({ kind }) => kind === 'undo')?.at ?? 0;
  return seconds.filter(({ at }) => at - 1_000 > from && at < to - 1_000).map(({ topologies }) => topologies);
}

function share(cells: ({ requests: number; failed: number } | undefined)[]): number {
  const sum = (read: 'requests' | 'failed') => cells.reduce((total, cell) => total + (cell?.[read] ?? 0), 0);
  assert.ok(sum('requests') > 0);
  return 1 - sum('failed') / sum('requests');
}
