import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { eventually } from '../support/eventually.ts';
import { openPage, type OpenedPage } from './opened-page.ts';

/** The page as a person meets it, on the embedded stack; the tests follow one visit from the first look on. */

const SAMPLES = join(import.meta.dirname, '../fixtures');
const why = chromiumPath === undefined ? ' (skipped: no Chromium here; set CHROMIUM_PATH)' : '';

/** Words with markup in them, which must come out as the same words. */
const HOSTILE = '<img src=x id=injected onerror="document.title=1"> lantern';
const DOCUMENTS = [
  { id: 'red-car', texts: ['a red car'] },
  { id: 'red-car-and-bus', texts: ['a red car', 'a bus'] },
  { id: 'red-kite', texts: ['a red kite'] },
  { id: 'hostile-\u202egpj.exe', tags: [HOSTILE], captions: [`${HOSTILE} \u202ednuora`] },
];

interface Answer {
  hits: {
    id: string;
    widthPx: number;
    heightPx: number;
    views: { index: number; box: { left: number; top: number; width: number; height: number } }[];
  }[];
}

describe.skipIf(why !== '')(`the search page${why}`, () => {
  let opened: OpenedPage;
  beforeAll(async () => {
    opened = await openPage();
  });
  afterAll(() => opened.close());

  const page = () => opened.page;
  const text = (selector: string) => page().locator(selector).innerText();
  const addressedQuery = () => new URL(page().url()).searchParams.get('q');
  const names = () => page().locator('.tile .open').allInnerTexts();
  /** Until the page says how many there are. */
  const status = (words: string) => page().locator('#status', { hasText: words }).waitFor();
  async function type(query: string) {
    await page().fill('#query', query);
    await page().press('#query', 'Enter');
  }

  it('asks for a key, and says when one is not known', async () => {
    await page().goto(opened.url);
    await page().locator('#key').waitFor();
    await page().fill('#key', 'gls_unknown');
    await page().press('#key', 'Enter');
    await page().locator('#key-problem', { hasText: 'unknown, has expired or was revoked' }).waitFor();
    expect(await text('#key-title')).toBe('This key does not open');
  });

  it('says what is wrong with the key of a link, and takes another', async () => {
    await page().goto('about:blank');
    await page().goto(`${opened.url}/#key=gls_cut-off`);
    await page().locator('#key-title', { hasText: 'The key of this link does not open' }).waitFor();
    expect(await text('#key-problem')).toBe('This key is unknown, has expired or was revoked.');
    expect(await text('#key-advice')).toMatch(
      /^It has 11 characters, and a key has 36: .* type another key\.$/,
    );
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('key');
    await page().keyboard.type(opened.key);
    await page().keyboard.press('Enter');
    await status('No pictures yet');
    expect(await page().locator('#key-form').isVisible()).toBe(false);
    await page().getByRole('button', { name: 'Sign out' }).click();
    await page().locator('#key').waitFor();
  });

  it('takes the key from the address, out of sight, and keeps it for this tab', async () => {
    await page().goto(`${opened.url}/#key=${opened.key}`);
    await status('No pictures yet');
    expect(page().url()).toBe(`${opened.url}/`);
    await page().reload();
    await status('No pictures yet');
    expect(await page().locator('#key-form').isVisible()).toBe(false);
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('query');
  });

  it('says whose key it is, and asks before a link takes the place of the key', async () => {
    await page()
      .locator('#account', { hasText: /^Pictures of page, with the key [0-9a-f]{12}\. Sign out$/ })
      .waitFor();
    const held = () => page().evaluate(() => sessionStorage.getItem('gloss-key'));
    const other = await opened.keyOf('other');
    const openLink = async (key: string) => {
      await page().goto(`${opened.url}/#key=${key}`);
      await page().locator('#swap-accounts', { hasText: 'open as page; the link opens as other' }).waitFor();
      expect(page().url()).toBe(`${opened.url}/`);
      expect(await held()).toBe(opened.key);
    };
    await openLink(other);
    await page().click('#stay');
    expect(await held()).toBe(opened.key);
    await status('No pictures yet');
    await openLink(other);
    await page().click('#swap');
    await page().locator('#account', { hasText: 'Pictures of other' }).waitFor();
    expect(await held()).toBe(other);
    await page().goto(`${opened.url}/#key=${opened.key}`);
    await page().click('#swap');
    await page().locator('#account', { hasText: 'Pictures of page' }).waitFor();
  });

  it('stays open where the key of a link opens nothing, and says so', async () => {
    await page().goto(`${opened.url}/#key=gls_${'x'.repeat(32)}`);
    await page().locator('#key-title', { hasText: 'The key of this link does not open' }).waitFor();
    expect(await text('#key-advice')).toBe(
      'Ask whoever gave you the link for a new one, or type another key. Until then the page stays open as page.',
    );
    await status('No pictures yet');
    await page().getByRole('button', { name: 'Stay as page' }).click();
    expect(await page().locator('#key-form').isVisible()).toBe(false);
  });

  it('says that a key was revoked while the page was open', async () => {
    const tab = await page().context().newPage();
    const { key, id } = (await opened.ask('/v1/keys', { method: 'POST', body: '{}' })) as Record<
      string,
      string
    >;
    await tab.goto(opened.url);
    await tab.evaluate((said) => sessionStorage.setItem('gloss-key', said), key!);
    await tab.reload();
    await tab.locator('#account', { hasText: id! }).waitFor();
    await opened.ask(`/v1/keys/${id}`, { method: 'DELETE' });
    await tab.fill('#query', 'cats');
    await tab.locator('#key-title', { hasText: 'Your key does not open any more' }).waitFor();
    await tab.close();
  });

  it('adds pictures, and names the one that cannot be taken in with the reason', async () => {
    const files = ['samples/chelsea.jpg', 'images/not-an-image.jpg'];
    await page().setInputFiles(
      '#files',
      files.map((file) => join(SAMPLES, file)),
    );
    await page().locator('#uploads', { hasText: '1 of 2 pictures can be found now, 1 failed' }).waitFor();
    const failure = await text('#uploads li');
    expect(failure).toMatch(/^not-an-image\.jpg .+/);
    await status('1 picture');
    await page().locator('.tile img').waitFor();
    await page().getByRole('button', { name: 'Delete' }).click();
    await page().locator('#uploads', { hasText: '1 of 2 pictures can be found now, 1 deleted' }).waitFor();
    const { images } = (await opened.ask('/v1/images')) as { images: { name: string; status: string }[] };
    expect(images.map(({ name }) => name)).toEqual(['chelsea.jpg']);
    await page().locator('.upload .close').click();
  });

  it('draws the view that earned a hit over the picture', async () => {
    await type('cats');
    await status('1 picture of 1');
    const { hits } = (await opened.ask('/v1/search?q=cats')) as Answer;
    const { widthPx, heightPx, views } = hits[0]!;
    const { box } = views[0]!;
    const frame = (await page().locator('.tile .frame').boundingBox())!;
    const mark = (await page().locator('.tile .box.best').boundingBox())!;
    expect(mark.x - frame.x).toBeCloseTo((box.left * frame.width) / widthPx, 0);
    expect(mark.y - frame.y).toBeCloseTo((box.top * frame.height) / heightPx, 0);
    expect(mark.width).toBeCloseTo((box.width * frame.width) / widthPx, 0);
    expect(mark.height).toBeCloseTo((box.height * frame.height) / heightPx, 0);
    const img = page().locator('.tile img');
    await expect.poll(() => img.evaluate((node: HTMLImageElement) => node.naturalWidth)).toBeGreaterThan(0);
    expect(await img.getAttribute('alt')).toContain('cat');
    expect(await text('#origin')).toContain('1,000 classes');
  });

  it('opens a hit with all its views, to look at one after the other', async () => {
    const { hits } = (await opened.ask('/v1/search?q=cats')) as Answer;
    const detail = (await opened.ask(`/v1/images/${hits[0]!.id}`)) as { gloss: { views: object[] } };
    await page().click('.tile .open');
    await page().locator('#viewer .view').first().waitFor();
    expect(await page().locator('#viewer .view').count()).toBe(detail.gloss.views.length);
    const crop = page().locator('#viewer .view .crop').first();
    await expect.poll(() => crop.evaluate((node: HTMLImageElement) => node.naturalWidth)).toBeGreaterThan(0);
    expect(await text('#viewer')).toMatch(/Score \d+\.\d\d/);
    expect(await page().locator('#viewer mark').first().innerText()).toMatch(/^cats?$/);
    const other = page().locator('#viewer .view button[aria-pressed="false"]').first();
    const name = await other.innerText();
    await other.click();
    expect(await text('#viewer .view button[aria-pressed="true"]')).toBe(name);
    await page().keyboard.press('Escape');
    expect(await page().locator('#viewer').isVisible()).toBe(false);
    expect(await page().evaluate(() => document.activeElement?.className)).toBe('open');
  });

  it('narrows by a click on a word, excludes by its minus, and goes back', async () => {
    await opened.ask('/v1/documents', { method: 'POST', body: JSON.stringify({ documents: DOCUMENTS }) });
    await expect.poll(searchable).toBe(DOCUMENTS.length + 1);
    await type('red bus');
    await status('3 pictures of 5');
    const busChip = page().locator('.chip.matched', { hasText: 'bus' });
    await busChip.getByRole('button', { name: 'Without bus' }).click();
    await status('2 pictures of 5');
    expect(addressedQuery()).toBe('red -"bus"');
    expect((await names()).toSorted()).toEqual(['red-car', 'red-kite']);
    await page().goBack();
    await status('3 pictures of 5');
    await busChip.getByRole('button', { name: 'bus', exact: true }).click();
    await status('1 picture of 5');
    expect(addressedQuery()).toBe('red +"bus"');
    expect(await names()).toEqual(['red-car-and-bus']);
    await page().getByRole('button', { name: 'Take +bus out of the query' }).click();
    await status('3 pictures of 5');
    expect(await page().inputValue('#query')).toBe('red');
  });

  it('says that nothing matches, and that this is meant', async () => {
    await type('zeppelin');
    await status('0 pictures of 5');
    expect(await text('#answer')).toContain('Nothing matches “zeppelin”');
    expect(await page().locator('.tile').count()).toBe(0);
  });

  it('narrows down by a related word, and says so in the address', async () => {
    await type('car');
    await status('2 pictures of 5');
    await page().locator('#related .chip', { hasText: 'bus' }).getByTitle('only these').click();
    await status('1 picture of 5');
    expect(addressedQuery()).toBe('car +"bus"');
  });

  it('shows likely pictures only when asked, under their own heading', async () => {
    await type('bus');
    await status('1 picture of 5');
    expect(await page().locator('.tier').count()).toBe(0);
    await page().getByText('Show likely pictures, too').click();
    await page().locator('.tier', { hasText: 'Likely' }).waitFor();
    expect(await text('#status')).toContain('1 picture of 5');
  });

  it('asks what a misspelt word was meant to be', async () => {
    await type('lanterm');
    await status('0 pictures of 5');
    await page().locator('.correction button', { hasText: 'lantern' }).click();
    await status('1 picture of 5');
    expect(addressedQuery()).toBe('lantern');
  });

  it('marks the place of a mistake in the query', async () => {
    await type('red *car');
    await page().locator('#query-problem').waitFor();
    expect(await text('#query-problem mark')).toBe('*car');
    expect(await text('#query-problem')).toContain('needs 2 letters before it');
    await type('lantern');
    await status('1 picture of 5');
    expect(await page().locator('#query-problem').isVisible()).toBe(false);
  });

  it('shows what a picture says as text, whatever it says', async () => {
    await page().locator('.caption').waitFor();
    await page().click('.tile .open');
    await page().locator('#viewer .view').first().waitFor();
    expect(await text('#viewer .views')).toContain(HOSTILE);
    // Nothing turns around what stands beside it, as lib/domain/visible-text.ts shows it elsewhere.
    expect(await text('#viewer .views')).toContain('lantern \\u{202E}dnuora');
    expect(await text('#viewer-title')).toBe('hostile-\\u{202E}gpj.exe');
    expect(await page().content()).not.toContain('\u202e');
    expect(await page().locator('#injected').count()).toBe(0);
    expect(await page().title()).toBe('lantern · Gloss');
    await page().keyboard.press('Escape');
  });

  it('fits into 360 pixels', async () => {
    await page().setViewportSize({ width: 360, height: 700 });
    for (const query of ['', 'red cat', 'zeppelin']) {
      await page().goto(`${opened.url}/?${new URLSearchParams({ q: query })}`);
      await page().locator('#answer[aria-busy="false"]').waitFor();
      expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    }
    await page().setViewportSize({ width: 1280, height: 900 });
  });

  it('deletes a picture unless that is taken back', async () => {
    await type('cats');
    await status('1 picture of 5');
    const remove = async () => {
      await page().click('.tile .open');
      await page().getByRole('button', { name: 'Delete picture' }).click();
      await page().locator('.notice', { hasText: 'chelsea.jpg is deleted. Undo' }).waitFor();
      expect(await page().locator('#viewer').isVisible()).toBe(false);
      expect(await page().locator('.tile:visible').count()).toBe(0);
    };
    await remove();
    await page().getByRole('button', { name: 'Undo' }).click();
    await page().locator('.tile:visible').waitFor();
    expect(await opened.ask('/v1/search?q=cats')).toMatchObject({ total: 1 });
    await remove();
    await status('0 pictures of');
    expect(await opened.ask('/v1/search?q=cats')).toMatchObject({ total: 0 });
  });

  it('shows more hits as long as there are some', async () => {
    const plenty = Array.from({ length: 65 }, (_, i) => ({ id: `plenty-${i}`, texts: ['a lighthouse'] }));
    await opened.ask('/v1/documents', { method: 'POST', body: JSON.stringify({ documents: plenty }) });
    await expect.poll(searchable).toBe(plenty.length + DOCUMENTS.length);
    await type('lighthouse');
    await status('65 pictures of');
    const tilesAtTheEnd = async () => {
      await page().evaluate(() => scrollTo(0, document.body.scrollHeight));
      return page().locator('.tile').count();
    };
    await expect.poll(tilesAtTheEnd).toBe(65);
    await expect.poll(() => page().getByRole('button', { name: 'Show more' }).count()).toBe(0);
    expect(new Set(await names()).size).toBe(65);
  });

  it('selects several, by pointer and by keyboard, and deletes or downloads them together', async () => {
    const picked = () => page().locator('.pick[aria-pressed="true"]').count();
    const picks = page().locator('.tile .pick');
    await page().evaluate(() => scrollTo(0, 0));
    await picks.nth(1).click();
    await picks.nth(4).click({ modifiers: ['Shift'] });
    await page().locator('#selection', { hasText: '4 pictures selected' }).waitFor();
    await page().locator('.tile .open').nth(0).click(); // as long as something is selected
    expect(await picked()).toBe(5);
    await page().keyboard.press('x');
    expect(await picked()).toBe(4);
    await page().keyboard.press('Escape');
    expect([await picked(), await page().locator('#selection').isVisible()]).toEqual([0, false]);
    await picks.nth(0).click();
    await picks.nth(2).click({ modifiers: ['Shift'] });
    const remove = () => page().locator('#selection').getByRole('button', { name: 'Delete' }).click();
    await remove();
    await page().locator('.notice', { hasText: '3 pictures are deleted. Undo' }).waitFor();
    expect(await page().locator('.tile:visible').count()).toBe(62);
    await page().getByRole('button', { name: 'Undo' }).click();
    expect(await page().locator('.tile:visible').count()).toBe(65);
    await picks.nth(0).click();
    await picks.nth(2).click({ modifiers: ['Shift'] });
    /** As the page asks for it. */
    const deletions: { method: string; path: string }[] = [];
    page().on('request', (request) => {
      const path = new URL(request.url()).pathname;
      if (request.method() === 'DELETE' || path.endsWith('/deletion'))
        deletions.push({ method: request.method(), path });
    });
    await remove();
    await status('62 pictures of');
    expect(await opened.ask('/v1/search?q=lighthouse')).toMatchObject({ total: 62 });
    expect(deletions).toEqual([{ method: 'POST', path: '/v1/images/deletion' }]);
    // Imported words have no picture to download, and that is said.
    await picks.nth(0).click();
    await page().locator('#selection').getByRole('button', { name: 'Download' }).click();
    await page()
      .locator('#selection', { hasText: /0 pictures downloaded; not here: plenty-/ })
      .waitFor();
    await page().keyboard.press('Escape');
  });

  it('tags what is selected, and edits the tags of one picture by keyboard', async () => {
    const keyword = async (word: string) =>
      ((await opened.ask(`/v1/search?q=keyword:${word}`)) as { total: number }).total;
    const picks = page().locator('.tile .pick');
    await picks.nth(0).click();
    await picks.nth(2).click({ modifiers: ['Shift'] });
    await page().getByRole('button', { name: 'Add a tag…' }).click();
    await page().keyboard.type('beacon');
    await page().keyboard.press('Enter');
    await page().locator('#selection', { hasText: '“beacon” is added to 3 pictures' }).waitFor();
    await expect.poll(() => keyword('beacon')).toBe(3);
    await page().keyboard.press('Escape');

    await page().locator('.tile .open').first().click();
    const title = await text('#viewer-title');
    await page().getByRole('button', { name: 'Edit tags' }).press('Enter');
    const box = page().getByRole('textbox', { name: 'Add a tag' });
    await box.pressSequentially('fog horn');
    await box.press('ArrowLeft'); // goes through what is written, and not to another picture
    await box.press('Enter');
    const told = (words: string) => page().locator('.told', { hasText: words }).waitFor();
    await told('“fog horn” is added.');
    await page().keyboard.press('Shift+Tab');
    await page().keyboard.press('Enter');
    await told('“fog horn” is taken away.');
    await page().getByRole('button', { name: 'Remove “beacon”' }).click();
    await told('“beacon” is taken away.');
    expect(await text('#viewer-title')).toBe(title);
    await page().getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => keyword('beacon')).toBe(2);

    // Whoever may only search is offered neither.
    await page().evaluate(() => (document.body.dataset['scopes'] = 'search'));
    await picks.nth(0).click();
    await page().locator('#selection').waitFor();
    expect(await page().getByRole('button', { name: 'Add a tag…' }).count()).toBe(0);
    // Of equal hits those come last whose words came last.
    await page().reload();
    await status('62 pictures of');
  });

  it('goes from picture to picture, in the address, too', async () => {
    const title = () => text('#viewer-title');
    const isOpen = () => page().locator('#viewer').isVisible();
    const inAddress = () => new URL(page().url()).searchParams.get('picture');
    await page().evaluate(() => scrollTo(0, 0));
    const [first, second] = await names();
    await page().locator('.tile .open').first().click();
    await expect.poll(title).toBe(first);
    const firstId = inAddress();
    expect(await page().getByRole('button', { name: 'Previous picture' }).count()).toBe(0);
    await page().keyboard.press('ArrowRight');
    await expect.poll(title).toBe(second);
    expect(inAddress()).not.toBe(firstId);
    await page().reload();
    await expect.poll(title).toBe(second);
    await page().getByRole('button', { name: 'Previous picture' }).click();
    await expect.poll(title).toBe(first);
    expect(inAddress()).toBe(firstId);
    await page().goBack();
    await expect.poll(isOpen).toBe(false);
    expect([addressedQuery(), inAddress()]).toEqual(['lighthouse', null]);
  });

  it('answers while somebody types, as one step back', async () => {
    await type('red');
    await status('3 pictures of');
    // Over the old word: an empty box for a while would be a step of its own.
    await page().locator('#query').selectText();
    await page().locator('#query').pressSequentially('lantern', { delay: 30 });
    await status('1 picture of');
    expect(addressedQuery()).toBe('lantern');
    await page().fill('#query', 'lanterns');
    await expect.poll(addressedQuery).toBe('lanterns');
    expect(await page().evaluate(() => document.activeElement?.id)).toBe('query');
    await page().goBack();
    await status('3 pictures of');
    expect(await page().inputValue('#query')).toBe('red');
  });

  it('orders hits by date, in the address, too', async () => {
    const views = [{ index: 0, kind: 'text', tags: [], caption: 'A ferry.', visibleText: '' }];
    const origin = { model: 'm', promptVersion: '1', cropPolicy: 'none' };
    const documents = ['2020-02-02', '2022-02-02', '2021-02-02'].map((storedOn) => ({
      id: storedOn,
      gloss: { ...origin, views, file: { storedOn } },
    }));
    const before = await searchable();
    await opened.ask('/v1/documents', { method: 'POST', body: JSON.stringify({ documents }) });
    await expect.poll(searchable).toBe(before + documents.length);
    await type('ferry');
    await status('3 pictures of');
    const sorted = ['2020-02-02', '2021-02-02', '2022-02-02'];
    for (const [order, expected] of [
      ['newest', sorted.toReversed()],
      ['oldest', sorted],
    ] as const) {
      await page().locator('#sort').selectOption(order);
      await expect.poll(names).toEqual(expected);
      expect(new URL(page().url()).searchParams.get('sort')).toBe(order);
    }
    await page().reload();
    await expect.poll(names).toEqual(sorted);
    expect(await page().locator('#sort').inputValue()).toBe('oldest');
    await page().locator('#sort').selectOption('best');
    await status('3 pictures of');
    expect(new URL(page().url()).searchParams.has('sort')).toBe(false);
  });

  it('begins with the newest, under their days, and ends with what has no date', async () => {
    await page().click('.brand');
    await status('pictures');
    const headings = () => page().locator('#answer h2').allInnerTexts();
    await expect.poll(headings).toHaveLength(4);
    const days = ['Wednesday 2 February 2022', 'Tuesday 2 February 2021', 'Sunday 2 February 2020'];
    expect((await headings()).map((text) => text.replace(',', ''))).toEqual([...days, 'Without a date']);
    expect((await names()).slice(0, 3)).toEqual(['2022-02-02', '2021-02-02', '2020-02-02']);
  });

  it('holds the key in a new tab, until somebody signs out', async () => {
    const tab = await page().context().newPage();
    await tab.goto(opened.url);
    await tab.locator('#account', { hasText: 'Pictures of page' }).waitFor();
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await tab.locator('#key').waitFor();
    await tab.reload();
    await tab.locator('#key').waitFor();
    await tab.close();
    await page().reload();
    await status('pictures');
  });

  it('shows both answers about a picture that was asked about twice, under one box', async () => {
    const box = { left: 0, top: 0, width: 40, height: 30 };
    const first = { index: 0, kind: 'whole', box, tags: ['walrus'], caption: '', visibleText: '' };
    const views = [first, { ...first, ask: 2, tags: [], caption: 'Tusks: a walrus that yawns.' }];
    const gloss = { model: 'm', promptVersion: '3+parts-1', cropPolicy: 'none', views };
    const before = await searchable();
    const documents = [{ id: 'walrus', gloss }];
    await opened.ask('/v1/documents', { method: 'POST', body: JSON.stringify({ documents }) });
    await expect.poll(searchable).toBe(before + 1);
    await type('walrus that yawns');
    await status('1 picture of');
    expect(await page().locator('.tile .box').count()).toBe(1);
    await page().locator('.tile .open').click();
    const titles = page().locator('#viewer .view button[aria-pressed="true"]');
    await expect.poll(() => titles.allInnerTexts()).toEqual(['Whole picture', 'Whole picture, asked again']);
    expect(await page().locator('#viewer .box:not([hidden])').count()).toBe(1);
    await page().keyboard.press('Escape');
  });

  it('takes a picture whose name says nothing, and tries again what failed for want of room', async () => {
    await page().click('.brand');
    await status('pictures');
    await opened.refuseWhatIsSent();
    const buffer = await readFile(join(SAMPLES, 'samples/chelsea.jpg'));
    await page().setInputFiles('#files', [
      { name: 'holiday', mimeType: '', buffer: Buffer.concat([buffer, Buffer.from('.')]) },
      { name: 'weekend', mimeType: '', buffer: Buffer.concat([buffer, Buffer.from(',')]) },
      { name: 'nothing.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
    ]);
    await page()
      .locator('#uploads li', { hasText: /^weekend .*that it may have/ })
      .waitFor();
    await page().locator('#uploads li', { hasText: 'nothing.jpg the file is empty' }).waitFor();
    const failures = (words: string) => page().locator('.failures summary', { hasText: words });
    await failures('2 pictures could not be taken in').click();
    const failed = page().locator('.failures li');
    await failed.filter({ hasText: 'weekend' }).getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => failed.allInnerTexts()).toHaveLength(1);
    const stored = async () => {
      const all = await opened.ask('/v1/images?limit=100');
      return (all as { images: { name: string; status: string; updatedAt: string }[] }).images;
    };
    const holiday = async () => (await stored()).find(({ name }) => name === 'holiday')!;
    expect((await stored()).map(({ name }) => name)).not.toContain('weekend');
    const { updatedAt } = await holiday();
    await failed.getByRole('button', { name: 'Try again: holiday' }).click();
    // It has failed once more before there is room again.
    await eventually(async () => {
      const now = await holiday();
      expect(now).toMatchObject({ status: 'failed' });
      expect(now.updatedAt).not.toBe(updatedAt);
    });
    await failures('1 picture could not be taken in').waitFor();
    await expect
      .poll(() => failed.allInnerTexts())
      .toEqual([expect.stringMatching(/^holiday .*that it may have/)]);
    expect(await page().locator('.failures').getAttribute('open')).not.toBeNull();
    await page()
      .locator('#uploads li', { hasText: /^holiday .*that it may have/ })
      .waitFor();
    await opened.takeAgain();
    await page()
      .locator('#uploads li', { hasText: 'holiday' })
      .getByRole('button', { name: 'Try again' })
      .click();
    await page().locator('#uploads', { hasText: '1 of 3 pictures can be found now, 2 failed' }).waitFor();
    await page().locator('.failures').waitFor({ state: 'hidden' });
    const { images } = (await opened.ask('/v1/images')) as { images: { id: string; name: string }[] };
    await type('cats');
    await page().locator('.tile[data-name="holiday"] .pick').click();
    const [download] = await Promise.all([
      page().waitForEvent('download'),
      page().locator('#selection').getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('holiday.jpeg');
    expect((await readFile(await download.path())).length).toBe(buffer.length + 1);
    await page().keyboard.press('Escape');
    await opened.ask(`/v1/images/${images.find(({ name }) => name === 'holiday')!.id}`, { method: 'DELETE' });
    await page().locator('.upload .close').click();
  });

  it('says so where the picture of an address is not here', async () => {
    await page().goto(`${opened.url}/?picture=${'0'.repeat(32)}`);
    await page().locator('#viewer h2', { hasText: 'This picture is not here' }).waitFor();
    expect(await page().locator('#viewer .stage').count()).toBe(0);
    await page().keyboard.press('Escape');
    await expect.poll(() => page().url()).not.toContain('picture=');
  });

  it('breaks neither its security policy nor anything else on the way', () => {
    expect(opened.complaints).toEqual([]);
  });

  async function searchable(): Promise<number> {
    const { images } = (await opened.ask('/v1/images?limit=100')) as { images: { status: string }[] };
    return images.filter((image) => image.status === 'searchable').length;
  }
});
