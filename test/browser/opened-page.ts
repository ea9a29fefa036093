import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startLocalStack } from '../../infra/local/local-stack.ts';
import { embeddedTenants, makeOperatorKey, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import type { TenantSettings } from '../../lib/domain/tenant.ts';
import { updateTenant } from '../../lib/steps/tenants/update-tenant.ts';
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.ts';

/** The service with an empty tenant, and its page in a browser. */
export interface OpenedPage {
  readonly page: Page;
  readonly url: string;
  readonly key: string;
  /** What the browser complained about: exceptions, and breaches of the page's security policy. */
  readonly complaints: readonly string[];
  /** One request to the API, past the page. */
  ask(path: string, init?: RequestInit): Promise<unknown>;
  /** A key of another tenant, which is made where it is not there. */
  keyOf(tenant: string): Promise<string>;
  /** A key that manages tenants. */
  operatorKey(): Promise<string>;
  /** Changes settings of the tenant, as its operator does. */
  change(settings: Partial<TenantSettings>): Promise<void>;
  /** What describing its pictures may cost the tenant in a month, in dollars. */
  limitModel(usd: number): Promise<void>;
  /** Has pictures that the page sends fail for want of room: the quota ends after their invitation. */
  refuseWhatIsSent(): Promise<void>;
  /** Has them let in when they are tried again. */
  takeAgain(): Promise<void>;
  close(): Promise<void>;
}

/** Stands the embedded stack up in a fresh folder and opens a browser with nothing loaded yet. */
export async function openPage(): Promise<OpenedPage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gloss-page-'));
  const stack = await startLocalStack({ dataDir, port: 0, onLog: (line) => console.error(line) });
  const launch = chromium.launch({ executablePath: chromiumPath!, args: CHROMIUM_FLAGS });
  const browser = await launch.catch(async (error: unknown) => {
    await stack.close();
    throw error;
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(240_000); // ends a wait for what will never be; no machine is so busy
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  const tenants = embeddedTenants(stack.tenantsEnvironment());
  const tenant = parseTenantId('page');
  const key = await makeTenantKey(tenants, tenant);
  const limitImages = (images: number) =>
    updateTenant(tenants, tenant, ({ settings, ...rest }) => ({
      ...rest,
      settings: { ...settings, limits: { ...settings.limits, images } },
    }));
  const isForm = (url: URL) => !url.href.startsWith(stack.apiUrl);
  return {
    page,
    url: stack.apiUrl,
    key,
    complaints,
    async ask(path, init) {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const response = await fetch(stack.apiUrl + path, { ...init, headers });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.status === 204 ? undefined : ((await response.json()) as unknown);
    },
    keyOf: (name) => makeTenantKey(tenants, parseTenantId(name)),
    operatorKey: () => makeOperatorKey(tenants),
    async change(changed) {
      await updateTenant(tenants, tenant, ({ settings, ...rest }) => ({
        ...rest,
        settings: { ...settings, ...changed },
      }));
    },
    async limitModel(usd) {
      await updateTenant(tenants, tenant, ({ settings, ...rest }) => ({
        ...rest,
        settings: { ...settings, limits: { ...settings.limits, modelUsdPerMonth: usd } },
      }));
    },
    refuseWhatIsSent: async () => {
      await page.route(isForm, async (route) => {
        if (route.request().method() === 'POST') await limitImages(0);
        await route.continue();
      });
    },
    async takeAgain() {
      await page.unroute(isForm);
      await limitImages(1_000_000);
    },
    async close() {
      await browser.close();
      await stack.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
