import { Hono } from 'hono';
import type { GlossError } from '../domain/errors.ts';
import { errorResponse } from './error-response.ts';
import { securityHeaders } from './security-headers.ts';

/** Answers every request by an error. */
export function refusingApp(error: GlossError): Hono {
  const app = new Hono();
  app.use(securityHeaders);
  app.all('*', (c) => errorResponse(c, error));
  return app;
}
