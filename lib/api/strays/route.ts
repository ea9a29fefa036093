import { Hono } from 'hono';
import { STRAY_KEPT_MS, type Stray } from '../../domain/stray.ts';
import { readableOnes } from '../../domain/unreadable.ts';
import type { StrayNames } from '../../ports/strays.ts';
import { adoptStrays, type AdoptStraysDeps } from '../../steps/images/adopt-strays.ts';
import type { AuthEnv } from '../env.ts';
import { body, path, query } from '../validate.ts';
import {
  AdoptionBody,
  StrayNamesParameters,
  StrayPath,
  StraysParameters,
  type Adoption,
  type StrayNamesPage,
  type StraysPage,
} from './schema.ts';

export interface StrayRouteDeps extends AdoptStraysDeps {
  readonly strayNames: Pick<StrayNames, 'names'>;
}

/** /v1/strays: the operator's. Originals that came for tenants that were not there. */
export function strayRoutes(deps: StrayRouteDeps) {
  return new Hono<AuthEnv>()
    .get('/', query(StrayNamesParameters), async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const { names, next } = await deps.strayNames.names({
        limit,
        ...(cursor !== undefined && { after: cursor }),
      });
      const page: StrayNamesPage = { tenants: [...names], ...(next && { cursor: next }) };
      return c.json(page);
    })
    .get('/:tenant', path(StrayPath), query(StraysParameters), async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const { tenant } = c.req.valid('param');
      const { strays, next } = await deps.strays.list(tenant, {
        limit,
        ...(cursor !== undefined && { after: cursor }),
      });
      const page: StraysPage = { strays: readableOnes(strays).map(strayJson), ...(next && { cursor: next }) };
      return c.json(page);
    })
    .post('/:tenant/adoption', path(StrayPath), body(AdoptionBody), async (c) => {
      const { adopted, refused, next } = await adoptStrays(
        deps,
        c.req.valid('param').tenant,
        c.req.valid('json').cursor,
      );
      const answer: Adoption = {
        adopted,
        refused: [...refused],
        ...(next !== undefined && { cursor: next }),
      };
      return c.json(answer);
    });
}

const strayJson = ({ name, bytes, storedAtMs }: Stray): StraysPage['strays'][number] => ({
  name,
  bytes,
  storedAt: new Date(storedAtMs).toISOString(),
  expiresAt: new Date(storedAtMs + STRAY_KEPT_MS).toISOString(),
});
