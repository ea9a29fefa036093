import { build } from 'esbuild';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalStack } from '../../infra/local/local-stack.ts';
import { embeddedTenants, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import type * as Client from '../../lib/client/index.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { createTenant } from '../../lib/steps/tenants/create-tenant.ts';
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.ts';

/** The client in a page of somebody else's, whose origin the tenant lists: what browsers allow, and what they do not. */

const why = chromiumPath === undefined ? ' (skipped: no Chromium here; set CHROMIUM_PATH)' : '';
const ROOT = join(import.meta.dirname, '../..');

declare global {
  var client: typeof Client;
}

describe.skipIf(why !== '')(`the client in a page of another origin${why}`, () => {
  let dataDir: string;
  let shop: Server;
  let stack: Awaited<ReturnType<typeof startLocalStack>>;
  let browser: Browser;
  let page: Page;
  let service: { readonly url: string; readonly key: string };
  let origin: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gloss-shop-'));
    const { outputFiles } = await build({
      entryPoints: [join(ROOT, 'lib/client/index.ts')],
      bundle: true,
      format: 'iife',
      globalName: 'client',
      platform: 'browser',
      write: false,
    });
    const script = outputFiles[0]!.text;
    shop = createServer((request, response) => {
      const isScript = request.url === '/client.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript ? script : '<!doctype html><title>shop</title><script src="/client.js"></script>',
      );
    }).listen(0, '127.0.0.1');
    await once(shop, 'listening');
    const { port } = shop.address() as AddressInfo;
    origin = `http://127.0.0.1:${port}`;
    stack = await startLocalStack({ dataDir, port: 0, onLog: (line) => console.error(line) });
    const table = embeddedTenants(stack.tenantsEnvironment());
    const tenant = parseTenantId('shop');
    await createTenant(table, tenant, { origins: [origin] });
    service = { url: stack.apiUrl, key: await makeTenantKey(table, tenant) };
    browser = await chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
    page = await browser.newPage();
    page.setDefaultTimeout(240_000);
  });
  afterAll(async () => {
    await browser.close();
    await stack.close();
    shop.close();
    await rm(dataDir, { recursive: true });
  });

  it('uploads with progress, waits, searches, and reads problems', async () => {
    await page.goto(origin);
    const picture = await readFile(join(ROOT, 'test/fixtures/samples/chelsea.jpg'));
    const told = await page.evaluate(
      async ({ url, key, base64 }) => {
        const gloss = client.createClient(url, key);
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const steps: Client.UploadProgress[] = [];
        const { status, name } = await gloss.upload(new File([bytes], 'cat.jpg'), {
          onProgress: (step) => steps.push(step),
        });
        const again = await gloss.upload(new File([bytes], 'cat.jpg'));
        const names: string[] = [];
        for await (const hit of gloss.search('cat')) names.push(hit.name);
        const problem = (await gloss
          .call('search', { query: { q: 'red c?r' } })
          .catch((error: unknown) => error)) as {
          code: string;
          field: string;
        };
        const { code, field } = problem;
        const sent = Math.max(...steps.map(({ sentBytes }) => sentBytes));
        return { status, name, again: again.status, names, code, field, sent, last: steps.at(-1)!.status };
      },
      { ...service, base64: picture.toString('base64') },
    );
    expect(told).toEqual({
      status: 'searchable',
      name: 'cat.jpg',
      again: 'unchanged',
      names: ['cat.jpg'],
      code: 'query_syntax',
      field: 'q',
      sent: picture.length,
      last: 'searchable',
    });
  });

  it('reads nothing where the origin is not listed', async () => {
    await page.goto(origin.replace('127.0.0.1', 'localhost'));
    const problem = await page.evaluate(async ({ url, key }) => {
      const gloss = client.createClient(url, key, { retries: 0 });
      const error: unknown = await gloss.call('showMe').catch((caught: unknown) => caught);
      return (error as { code: string }).code;
    }, service);
    expect(problem).toBe('no_answer');
  });
});
