import { Hono } from 'hono';
import type { ApiEnv } from '../env.ts';
import { NoParameters } from '../fields.ts';
import { query } from '../validate.ts';
import type { Me } from './schema.ts';

/** GET /v1/me: whose the credential is. Any credential of a tenant may ask. */
export const meRoutes = () =>
  new Hono<ApiEnv>().get('/', query(NoParameters), (c) => {
    const principal = c.get('principal');
    const { credential } = principal;
    const answer: Me = {
      tenant: c.get('tenant'),
      scopes: principal.kind === 'tenant' ? principal.scopes : [],
      ...(credential.kind === 'key' && { keyId: credential.id }),
    };
    return c.json(answer);
  });
