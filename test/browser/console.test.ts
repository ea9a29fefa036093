import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { chromiumPath } from './chromium.ts';
import { openPage, type OpenedPage } from './opened-page.ts';

/** The console, as an admin of a tenant and as an operator: the tests follow one visit of each. */

const FIXTURES = join(import.meta.dirname, '../fixtures');
const why = chromiumPath === undefined ? ' (skipped: no Chromium here; set CHROMIUM_PATH)' : '';

describe.skipIf(why !== '')(`the console${why}`, () => {
  let opened: OpenedPage;
  beforeAll(async () => {
    opened = await openPage();
    await opened.change({ cropPolicy: 'none' });
    await page().emulateMedia({ reducedMotion: 'reduce' });
  });
  afterAll(() => opened.close());

  const page = () => opened.page;
  const panel = (name: string) => page().getByRole('region', { name, exact: true });
  const button = (name: string | RegExp) => page().getByRole('button', { name });
  const yes = (name: string) => page().locator('.confirm').getByRole('button', { name, exact: true });
  const link = (name: string) => page().getByRole('link', { name });
  const heading = (name: string) => page().getByRole('heading', { name, level: 2 }).waitFor();
  const opens = async (key: string, path = '/v1/me') =>
    (await fetch(opened.url + path, { headers: { authorization: `Bearer ${key}` } })).status;

  /** What axe finds serious or critical, and what is wider than the screen, at both sizes, light and dark. */
  async function findings(): Promise<string[]> {
    await page().evaluate(() =>
      document.querySelectorAll('details').forEach((details) => (details.open = true)),
    );
    await expect
      .poll(() => page().locator('#console :is([aria-busy="true"], .waiting)').count(), { timeout: 240_000 })
      .toBe(0);
    const found = await axeFindings(page());
    await page().evaluate(() =>
      document.querySelectorAll('details').forEach((details) => (details.open = false)),
    );
    return found;
  }

  it('is opened by an admin from the pictures, left by Back, and there after a reload', async () => {
    await page().goto(`${opened.url}/#key=${opened.key}`);
    await link('Console').click();
    await heading('Console of page');
    expect(await page().evaluate(() => document.activeElement?.textContent)).toBe('Console of page');
    await page().goBack();
    await page().locator('#status', { hasText: 'No pictures yet' }).waitFor();
    await page().goForward();
    await heading('Console of page');
    await page().reload();
    await heading('Console of page');
    await link('Pictures').click();
    await page().locator('#status', { hasText: 'No pictures yet' }).waitFor();
  });

  it('tells failed pictures by their reason, and tries them again', async () => {
    await page().setInputFiles('#files', join(FIXTURES, 'images/not-an-image.jpg'));
    await page().locator('#uploads', { hasText: '1 failed' }).waitFor();
    await opened.limitModel(0);
    await opened.refuseWhatIsSent();
    await page().setInputFiles('#files', [
      join(FIXTURES, 'samples/chelsea.jpg'),
      join(FIXTURES, 'samples/collins.jpg'),
    ]);
    await page().locator('#uploads', { hasText: '2 failed' }).waitFor();
    await opened.takeAgain();
    await link('Console').click();
    const failed = panel('Failed and stuck pictures').locator('.record');
    await failed.filter({ hasText: '2 pictures' }).filter({ hasText: 'that it may have' }).waitFor();
    const hopeless = failed.filter({ hasText: '1 picture' });
    await hopeless.filter({ hasText: 'Trying again does not help' }).waitFor();
    expect(await hopeless.getByRole('button').count()).toBe(0);
    await panel('Limits').getByText('Model, this month $0.00 of $0.00 – none is left').waitFor();
    expect(await findings()).toEqual([]);
    await opened.limitModel(100);
    await button(/^Try all 2 again/).click();
    await expect
      .poll(() => opened.ask('/v1/images?status=searchable'), { timeout: 240_000 })
      .toMatchObject({ images: [{ name: 'chelsea.jpg' }, { name: 'collins.jpg' }] });
    await failed.filter({ hasText: '2 pictures' }).waitFor({ state: 'detached' });
    expect(await failed.count()).toBe(1);
  });

  it('shows what was used up, in a plot and as numbers, and how much of the limits is', async () => {
    await page().reload();
    await page()
      .getByRole('img', { name: /^Pictures described: 2, most on .* \(2\)$/ })
      .waitFor();
    await panel('Usage in the last 30 days').getByText('Numbers by day').click();
    const cells = page().getByRole('region', { name: 'Usage by day' }).getByRole('row', { name: /^All / });
    expect((await cells.getByRole('cell').allInnerTexts())[0]).toBe('2');
    await panel('Limits')
      .getByText(/^Pictures 3 of 1,000,000/)
      .waitFor();
  });

  it('makes a key that opens what it may, and ends it', async () => {
    await panel('Keys').getByText('Make a key').click();
    await page().getByLabel('What it is for').fill('kiosk');
    await page().getByLabel('It expires').selectOption('in 30 days');
    await button('Make the key').click();
    const key = await page().getByRole('textbox', { name: 'The key kiosk' }).inputValue();
    expect(await opens(key, '/v1/search?q=cat')).toBe(200);
    expect(await opens(key, '/v1/keys')).toBe(403);
    await button('Copy').click();
    await page()
      .getByText(/^(Copied\.|It is selected)/)
      .waitFor();
    const record = panel('Keys').locator('.record', { hasText: 'kiosk' });
    await record
      .getByText(/^May search$/)
      .first()
      .waitFor();
    expect(await findings()).toEqual([]);
    await button('I have it').click();
    await button('Revoke the key kiosk').click();
    await page().keyboard.press('Escape');
    expect(await opens(key)).toBe(200);
    await button('Revoke the key kiosk').click();
    await yes('Revoke').click();
    await record.waitFor({ state: 'detached' });
    expect(await opens(key)).toBe(401);
  });

  it('sets the webhook, says what is wrong with its address, and removes it', async () => {
    const address = panel('Webhook').getByLabel('Address', { exact: true });
    await address.fill('https://user@example.org/');
    await button('Save').click();
    await panel('Webhook').getByRole('alert').getByText('must not hold a user').waitFor();
    expect(await address.getAttribute('aria-invalid')).toBe('true');
    await address.fill('https://example.org/gloss');
    await button('Save').click();
    await button('Replace the secret').waitFor();
    expect(await opened.ask('/v1/webhook')).toMatchObject({ url: 'https://example.org/gloss' });
    await button('Show the secret').click();
    const { secret } = (await opened.ask('/v1/webhook')) as { secret: string };
    expect(await page().getByRole('textbox', { name: 'Secret of the webhook' }).inputValue()).toBe(secret);
    await button('Remove the webhook').click();
    await yes('Remove').click();
    await panel('Webhook').getByText('Nobody is told').waitFor();
    expect(await opened.ask('/v1/webhook')).toMatchObject({ url: null });
  });

  it('has nothing for a key that may only search, and says so', async () => {
    const made = (await opened.ask('/v1/keys', {
      method: 'POST',
      body: JSON.stringify({ scopes: ['search'] }),
    })) as { key: string };
    await page().goto('about:blank');
    await page().goto(`${opened.url}/#key=${made.key}`);
    await page().click('#swap');
    await page().locator('#status', { hasText: '2 pictures' }).waitFor();
    await page().locator('#account', { hasText: 'Pictures of page' }).waitFor();
    expect(await link('Console').isVisible()).toBe(false);
    await page().goto(`${opened.url}/#console`);
    await page().getByText('The console needs a key with the scope admin').waitFor();
    await button('Sign out').click();
    await page().locator('#key').waitFor();
  });

  it('is what the key of an operator opens: tenants, their limits, keys and dollars', async () => {
    await page().fill('#key', await opened.operatorKey());
    await page().press('#key', 'Enter');
    await heading('Console of the operator');
    expect(new URL(page().url()).hash).toBe('#console');
    const tenants = panel('Tenants').locator('.records').first();
    await tenants.getByText('page', { exact: true }).waitFor();
    await page()
      .getByRole('row', { name: /^page 2 / })
      .waitFor();
    await page().getByText('Make a tenant').click();
    await page().getByLabel('Name, which stays').fill('Not a name');
    await button('Make the tenant').click();
    await panel('Tenants').getByRole('alert').getByText('Tenant').waitFor();
    await page().getByLabel('Name, which stays').fill('acme');
    await button('Make the tenant').click();
    const acme = tenants.locator('> .record', { hasText: 'acme' });
    await acme.getByText('Limits', { exact: false }).first().click();
    await acme.getByLabel('Room in GB').fill('1.5');
    await acme.getByLabel('Pictures').fill('5000');
    await acme.getByRole('button', { name: 'Change limits' }).click();
    await acme.getByText('5,000 pictures · 1.5 GB').waitFor();
    await acme.getByText('Keys', { exact: false }).first().click();
    await acme.getByText('Make a key').click();
    await acme.getByLabel('What it is for').fill('app');
    await acme.getByRole('button', { name: 'Make the key' }).click();
    const key = await page().getByRole('textbox', { name: 'The key app' }).inputValue();
    expect(await opens(key)).toBe(200);
    await acme.getByText('Index', { exact: false }).first().click();
    await acme.getByText('Pictures and texts: 0.').waitFor();
    expect(await findings()).toEqual([]);
    await button('Pause acme').click();
    await yes('Pause').click();
    await acme.getByText('paused').waitFor();
    expect(await opens(key)).toBe(403);
    await button('Let it go on: acme').click();
    await acme.getByText('open · made').waitFor();
    expect(await opens(key)).toBe(200);
  });

  it('breaks nothing on the way', () => {
    expect(opened.complaints).toEqual([]);
  });
});
