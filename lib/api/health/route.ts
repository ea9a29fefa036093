import { Hono } from 'hono';
import * as z from 'zod';
import type { Answer } from '../answer.ts';

export const Health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

/** GET /v1/health, for whoever watches over the service. */
export const healthRoutes = () =>
  new Hono()
    .get('/', (c) => {
      const answer: Answer<typeof Health> = { status: 'ok' };
      return c.json(answer);
    })
    .all('/', (c) => c.notFound()); // nobody needs a key to hear that
