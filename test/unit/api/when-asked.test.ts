import { Hono } from 'hono';
import { expect, it, vi } from 'vitest';
import { whenAsked } from '../../../lib/api/when-asked.ts';

interface Named {
  Variables: { name: string };
}

const load = vi.fn(() =>
  Promise.resolve(
    new Hono<Named>()
      .get('/name', (c) => c.text(c.get('name')))
      .post('/echo', async (c) => c.json(await c.req.json(), 201, { 'x-inner': 'yes' }))
      .get('/:id{[0-9]+}', (c) => c.text(`${c.req.param('id')} ${c.req.query('as') ?? ''}`))
      .get('/fault', () => {
        throw new Error('a fault');
      }),
  ),
);

const app = new Hono<Named>()
  .use(async (c, next) => {
    c.set('name', 'pier');
    c.header('x-outer', 'yes');
    if (c.req.method === 'POST') await c.req.text();
    await next();
  })
  .get('/near', (c) => c.text('here'))
  .route(...whenAsked('/late', load))
  .onError((error, c) => c.text(`outside: ${error.message}`, 500));

it('loads routes when they are first asked for, once', async () => {
  expect(await (await app.request('/near')).text()).toBe('here');
  expect(load).not.toHaveBeenCalled();
  const answers = await Promise.all([app.request('/late/name'), app.request('/late/name')]);
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['pier', 'pier']);
  expect(load).toHaveBeenCalledTimes(1);
});

it('hands on what the request carries, and a body that was read before', async () => {
  const answer = await app.request('/late/echo', { method: 'POST', body: '{"a":1}' });
  expect([answer.status, await answer.json()]).toEqual([201, { a: 1 }]);
  expect([answer.headers.get('x-outer'), answer.headers.get('x-inner')]).toEqual(['yes', 'yes']);
  expect(await (await app.request('/late/17?as=number')).text()).toBe('17 number');
});

it('leaves faults, and what is no route, to the app that let the request in', async () => {
  const fault = await app.request('/late/fault');
  expect([fault.status, await fault.text()]).toEqual([500, 'outside: a fault']);
  expect(await (await app.request('/late/nothing')).text()).toBe('outside: there is no GET /late/nothing');
});
