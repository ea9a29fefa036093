import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';

const FILES = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/search.css': { file: 'search.css', type: 'text/css; charset=utf-8' },
  '/search.js': { file: 'search.js', type: 'text/javascript; charset=utf-8' },
} as const;

/** The page runs its own script and style alone; pictures come from the bucket's address, whichever it is. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' https: http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The search page: three files, read from the function's package. */
export function pageRoutes(webDir: string) {
  const routes = new Hono();
  for (const [path, { file, type }] of Object.entries(FILES)) {
    routes.get(path, async (c) =>
      c.body(await readFile(`${webDir}/${file}`, 'utf8'), 200, {
        'content-type': type,
        'content-security-policy': POLICY,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      }),
    );
  }
  return routes;
}
