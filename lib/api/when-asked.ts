import { Hono, type Context } from 'hono';
import { routeNotFound } from './route-not-found.ts';

/** What reaches the routes: the context in which the request was let in. */
interface Entered {
  Bindings: { readonly entered: Context };
}

/**
 * Routes whose module is loaded when a request first asks for one of them, so that those of a search do not wait for the others.
 * @returns what Hono's `route` takes
 */
export function whenAsked<Path extends string, Routes extends object>(
  path: Path,
  load: () => Promise<Routes>,
): [path: Path, routes: Routes] {
  async function open(): Promise<Hono<Entered>> {
    const app = new Hono<Entered>();
    app.use(async (c, next) => {
      const { entered } = c.env;
      for (const [name, value] of Object.entries(entered.var)) c.set(name as never, value as never);
      c.req.bodyCache = entered.req.bodyCache; // a body can be read once
      await next();
    });
    app.notFound(async (c) => {
      throw await routeNotFound(c.req);
    });
    app.onError((error) => {
      throw error; // to who let the request in
    });
    app.route(path, (await load()) as Hono);
    return app;
  }

  let opened: Promise<Hono<Entered>> | undefined;
  const routes = new Hono().all('*', async (c) => {
    const app = await (opened ??= open());
    const response = await app.fetch(c.req.raw, { entered: c });
    return c.newResponse(response.body, response);
  });
  return [path, routes as object as Routes];
}
