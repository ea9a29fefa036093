import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { etag, RETAINED_304_HEADERS } from 'hono/etag';

/** The console, which is asked for when somebody opens it. */
const CONSOLE = [
  'action',
  'amounts',
  'calls',
  'console',
  'failures-panel',
  'form',
  'index-panel',
  'keys-panel',
  'limits-form',
  'limits-panel',
  'panel',
  'paged',
  'plot',
  'shown-once',
  'strays-panel',
  'table',
  'tenant-usage-panel',
  'tenants-panel',
  'usage-panel',
  'usage-table',
  'webhook-panel',
];

const SCRIPTS = [
  'account',
  'address',
  'api',
  'completions',
  ...CONSOLE.map((name) => `console/${name}`),
  'deleting',
  'download',
  'dropped-files',
  'element',
  'endless',
  'failures',
  'following',
  'grid-keys',
  'home',
  'key-form',
  'narrowing',
  'origin',
  'picture',
  'picture-type',
  'query',
  'reference',
  'results',
  'roving',
  'search',
  'selection',
  'tagging',
  'timeline',
  'try-it',
  'uploads',
  'viewer',
  'waiting',
];

const FILES: readonly { path: string; file: string; type: string }[] = [
  { path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/reference', file: 'reference.html', type: 'text/html; charset=utf-8' },
  { path: '/reference.css', file: 'reference.css', type: 'text/css; charset=utf-8' },
  { path: '/console.css', file: 'console.css', type: 'text/css; charset=utf-8' },
  { path: '/search.css', file: 'search.css', type: 'text/css; charset=utf-8' },
  { path: '/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
  ...SCRIPTS.map((name) => ({
    path: `/${name}.js`,
    file: `${name}.js`,
    type: 'text/javascript; charset=utf-8',
  })),
];

/** The page runs its own scripts and style alone; pictures come from and go to the bucket's address. */
const policyFor = (bucket: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${bucket}`,
    `img-src 'self' ${bucket}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** A browser puts the headers of a 304 in the place of those that it kept: the policy has to be among them. */
const tagged = etag({ retainedHeaders: [...RETAINED_304_HEADERS, 'content-security-policy'] });

/**
 * The search page: static files, read from the function's package.
 * @param originOfObjects where browsers fetch pictures from and put them
 */
export function pageRoutes(webDir: string, originOfObjects: string) {
  const routes = new Hono();
  const policy = policyFor(originOfObjects);
  for (const { path, file, type } of FILES) {
    routes.get(path, compress(), tagged, async (c) =>
      c.body(await readFile(`${webDir}/${file}`, 'utf8'), 200, {
        'content-type': type,
        'content-security-policy': policy,
        'cache-control': 'no-cache',
      }),
    );
  }
  return routes;
}
