import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from './axe-findings.ts';
import { chromiumPath } from './chromium.ts';
import { openPage, type OpenedPage } from './opened-page.ts';

/** Every state of the page before the rules of axe-core, at a desk's and a phone's size, light and dark. */

const FIXTURES = join(import.meta.dirname, '../fixtures');
const why = chromiumPath === undefined ? ' (skipped: no Chromium here; set CHROMIUM_PATH)' : '';

describe.skipIf(why !== '')(`the page for everybody${why}`, () => {
  let opened: OpenedPage;
  beforeAll(async () => {
    opened = await openPage();
    await page().emulateMedia({ reducedMotion: 'reduce' });
  });
  afterAll(() => opened.close());

  const page = () => opened.page;
  const status = (words: string) => page().locator('#status', { hasText: words }).waitFor();
  async function type(query: string) {
    await page().fill('#query', query);
    await page().press('#query', 'Enter');
  }

  const findings = () => axeFindings(page());

  it('asks for a key', async () => {
    await page().goto(opened.url);
    await page().locator('#key').waitFor();
    expect(await findings()).toEqual([]);
  });

  it('says that the key of a link does not open', async () => {
    await page().goto(`${opened.url}/#key=gls_cut-off`);
    await page().locator('#key-problem', { hasText: 'unknown' }).waitFor();
    expect(await findings()).toEqual([]);
  });

  it('begins without pictures', async () => {
    await page().goto(`${opened.url}/#key=${opened.key}`);
    await status('No pictures yet');
    expect(await findings()).toEqual([]);
  });

  it('is in the midst of an upload', async () => {
    await page().setInputFiles('#files', join(FIXTURES, 'images/not-an-image.jpg'));
    await page().locator('#uploads', { hasText: '1 failed' }).waitFor();
    await page().locator('.upload .close').click();
    await opened.limitModel(0);
    await page().setInputFiles('#files', [
      join(FIXTURES, 'samples/chelsea.jpg'),
      join(FIXTURES, 'images/empty.jpg'),
    ]);
    await page().locator('#uploads li', { hasText: 'empty.jpg' }).waitFor();
    expect(await findings()).toEqual([]);
    await page().locator('#uploads', { hasText: '1 waiting, 1 failed' }).waitFor();
    await page().locator('#uploads li', { hasText: 'Waiting: the month' }).waitFor();
    expect(await findings()).toEqual([]);
    await page().locator('.upload .close').click();
  });

  it('lists what failed, and says why a picture waits', async () => {
    await page().locator('.failures summary', { hasText: '1 picture could not be taken in' }).click();
    await page()
      .locator('.hint', { hasText: /^1 picture waiting: the month's budget/ })
      .waitFor();
    expect(await findings()).toEqual([]);
    await opened.limitModel(100);
    const body = JSON.stringify({ names: ['chelsea.jpg'] });
    await opened.ask('/v1/images/deletion', { method: 'POST', body });
  });

  it('begins with pictures', async () => {
    await page().setInputFiles(
      '#files',
      ['collins', 'friends', 'pikolo'].map((name) => join(FIXTURES, `samples/${name}.jpg`)),
    );
    await status('3 pictures');
    await page().locator('.upload .close').click();
    expect(await findings()).toEqual([]);
  });

  it('shows hits, with likely ones and those that have some of the words', async () => {
    const documents = [['a tram'], ['a tram', 'a bus'], ['a bus', 'a harbour'], ['a harbour']];
    await opened.ask('/v1/documents', {
      method: 'POST',
      body: JSON.stringify({ documents: documents.map((texts, i) => ({ id: `tier-${i}.jpg`, texts })) }),
    });
    await expect.poll(() => opened.ask('/v1/search?q=name:tier')).toMatchObject({ total: 4 });
    await type('tram bus');
    await status('3 pictures of');
    await page().getByText('Show likely pictures, too').click();
    await page().locator('.tier', { hasText: 'Likely' }).waitFor();
    expect(await findings()).toEqual([]);
  });

  it('shows pictures that were found by what is on them', async () => {
    await type('dog');
    await page().locator('#answer[aria-busy="false"] .tile .frame img').first().waitFor();
    expect(await findings()).toEqual([]);
  });

  it('shows one picture large', async () => {
    await page().locator('.tile .open').first().click();
    await page().locator('#viewer .view').first().waitFor();
    expect(await findings()).toEqual([]);
    await page().getByRole('button', { name: 'Edit tags' }).click();
    await page().keyboard.type('Rex');
    await page().keyboard.press('Enter');
    await page().locator('.told', { hasText: '“Rex” is added.' }).waitFor();
    await page().locator('.view .untag').first().click();
    await page().locator('.removed', { hasText: 'Taken away' }).waitFor();
    await page().keyboard.type('...');
    await page().keyboard.press('Enter');
    await page().locator('.tagging .problem', { hasText: 'the tag needs a letter' }).waitFor();
    expect(await findings()).toEqual([]);
    await page().keyboard.press('Escape');
  });

  it('has pictures selected, and takes a deletion back', async () => {
    await page().locator('.tile .pick').first().click();
    await page().locator('#selection', { hasText: '1 picture selected' }).waitFor();
    expect(await findings()).toEqual([]);
    await page().getByRole('button', { name: 'Add a tag…' }).click();
    expect(await findings()).toEqual([]);
    await page().getByRole('button', { name: 'Back' }).click();
    await page().locator('#selection').getByRole('button', { name: 'Delete' }).click();
    await page().locator('.notice').waitFor();
    await page().getByRole('button', { name: 'Undo' }).click();
  });

  it('finds nothing, and says where a query cannot be read', async () => {
    await type('zeppelin');
    await status('0 pictures of');
    expect(await findings()).toEqual([]);
    await type('red *car');
    await page().locator('#query-problem').waitFor();
    expect(await findings()).toEqual([]);
  });
});
