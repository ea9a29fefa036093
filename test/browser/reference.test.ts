import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../lib/api/openapi/operations.ts';
import { chromiumPath } from './chromium.ts';
import { openPage, type OpenedPage } from './opened-page.ts';

/** The reference of the API as a developer meets it: every operation is there, and a request can be sent from it. */

const why = chromiumPath === undefined ? ' (skipped: no Chromium here; set CHROMIUM_PATH)' : '';

describe.skipIf(why !== '')(`the reference${why}`, () => {
  let opened: OpenedPage;
  beforeAll(async () => {
    opened = await openPage();
    await opened.page.goto(`${opened.url}/#key=${opened.key}`);
    await opened.page.locator('#status', { hasText: 'No pictures yet' }).waitFor();
    await opened.page.goto(`${opened.url}/reference`);
    await opened.page.locator('section').first().waitFor();
  });
  afterAll(() => opened.close());

  const section = (id: string) => opened.page.locator(`section#${id}`);

  it('shows every operation with its example and its answers', async () => {
    const sections = await opened.page.locator('section').allTextContents();
    expect(sections).toHaveLength(OPERATIONS.length + 1); // and the shared schemas
    for (const { id, method, path, problems = [] } of OPERATIONS) {
      expect(await section(id).locator('h2').innerText()).toBe(`${method.toUpperCase()} ${path}`);
      const text = (await section(id).textContent())!;
      expect(text).toContain(`"${opened.url}/v1/`);
      for (const status of problems) expect(text).toContain(`${status}: `);
    }
  });

  async function send(id: string): Promise<string> {
    const form = section(id).locator('form');
    if (!(await form.isVisible())) await section(id).getByText('Try it', { exact: true }).click();
    await form.getByRole('button', { name: 'Send' }).click();
    await form.locator('.answer', { hasText: /answered \d+ in/ }).waitFor();
    return form.locator('.answer').innerText();
  }

  it('sends requests with the key of the search page, and shows what is answered', async () => {
    expect(await send('showMe')).toMatch(/^GET \/v1\/me answered 200 in \d+ ms\n[^]*"tenant": "page"/);
    const imported = await send('importDocuments');
    expect(imported).toContain('POST /v1/documents answered 202');
    const { images } = (await opened.ask('/v1/images')) as { images: unknown[] };
    expect(images.length).toBeGreaterThan(0);
    await section('search').getByText('Try it', { exact: true }).click();
    await section('search').getByLabel('q', { exact: true }).fill('a & b=1');
    expect(await send('search')).toMatch(/^GET \/v1\/search\?q=a\+%26\+b%3D1 answered 200/);
  });

  it('shows problems, and keeps what is typed in a path in its place', async () => {
    await section('showImage').getByText('Try it', { exact: true }).click();
    await section('showImage').getByLabel('id', { exact: true }).fill('../me');
    expect(await send('showImage')).toMatch(/^GET \/v1\/images\/\.\.%2Fme answered 404/);
    await opened.page.fill('#key', 'gls_other');
    expect(await send('showMe')).toContain('answered 401');
  });

  it('breaks neither its security policy nor anything else on the way', () => {
    expect(opened.complaints).toEqual([]);
  });
});
