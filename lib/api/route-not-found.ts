import type { Context } from 'hono';
import { GlossError } from '../domain/errors.ts';

export const routeNotFound = ({ req }: Context): GlossError =>
  new GlossError('not_found', 'route_not_found', `there is no ${req.method} ${req.path}`);
