import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { openPage, type OpenedPage } from './opened-page.ts';

/** The grid of pictures: by keyboard, on a phone, and how its tiers are told apart. */

const SAMPLES = join(import.meta.dirname, '../fixtures/samples');
const why = chromiumPath === undefined ? ' (skipped: no Chromium here; set CHROMIUM_PATH)' : '';
const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

interface Tile {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

describe.skipIf(why !== '')(`the grid of pictures${why}`, () => {
  let opened: OpenedPage;
  let sampleCount = 0;
  beforeAll(async () => {
    opened = await openPage();
    const samples = (await readdir(SAMPLES)).filter((name) => name.endsWith('.jpg')).slice(0, 8);
    sampleCount = samples.length;
    await opened.change({ cropPolicy: 'none' });
    await page().goto(`${opened.url}/#key=${opened.key}`);
    await status('No pictures yet');
    await page().setInputFiles(
      '#files',
      samples.map((name) => join(SAMPLES, name)),
    );
    await page()
      .locator('#uploads', { hasText: `${sampleCount} of ${sampleCount} pictures` })
      .waitFor();
    await status(`${sampleCount} pictures`);
    await page().locator('.upload .close').click();
  });
  afterAll(() => opened.close());

  const page = () => opened.page;
  const status = (words: string) => page().locator('#status', { hasText: words }).waitFor();
  /** Which tile has the keyboard; -1 for none. */
  const focused = () =>
    page().evaluate(() =>
      [...document.querySelectorAll('.tile')].findIndex((tile) => tile.contains(document.activeElement)),
    );
  const frames = (): Promise<Tile[]> =>
    page().evaluate(() =>
      [...document.querySelectorAll('.tile .open')].map((open) => {
        const { left, top, width, height } = open.getBoundingClientRect();
        return { left, top: top + scrollY, width, height };
      }),
    );
  async function open(query: string, size = DESK) {
    await page().setViewportSize(size);
    await page().goto(`${opened.url}/${query === '' ? '' : `?${new URLSearchParams({ q: query })}`}`);
    await page().locator('#answer[aria-busy="false"] .tile').first().waitFor();
  }

  it('is three tabs away from where the keyboard begins, on the start page and among hits', async () => {
    for (const query of ['', 'cat', 'cat dog']) {
      await open(query);
      expect(await page().evaluate(() => document.activeElement?.id)).toBe('query');
      let tabs = 0;
      for (; tabs < 10 && (await focused()) < 0; tabs += 1) await page().keyboard.press('Tab');
      expect(await focused()).toBe(0);
      expect(tabs).toBeLessThanOrEqual(3);
    }
  });

  it('is one stop of the Tab key, with the buttons of the picture where the keyboard is', async () => {
    await open('');
    await page().locator('.tile .open').first().focus();
    await page().keyboard.press('Tab');
    expect(await page().evaluate(() => document.activeElement?.className)).toBe('pick');
    await page().keyboard.press('Tab');
    expect(await focused()).toBe(-1);
    await page().keyboard.press('Shift+Tab');
    expect(await focused()).toBe(0);
  });

  it('is gone through by arrows, in rows and in columns', async () => {
    await open('');
    await page().locator('.tile .open').first().focus();
    const press = async (key: string) => {
      await page().keyboard.press(key);
      return focused();
    };
    expect(await press('ArrowRight')).toBe(1);
    expect(await press('ArrowRight')).toBe(2);
    expect(await press('ArrowLeft')).toBe(1);
    const tiles = await frames();
    // The answer is counted here from the rectangles alone.
    const middle = (tile: Tile) => tile.left + tile.width / 2;
    const rows = [...new Set(tiles.map(({ top }) => Math.round(top)))].toSorted((a, b) => a - b);
    const second = tiles.flatMap((tile, i) => (Math.round(tile.top) === rows[1] ? [{ tile, i }] : []));
    const away = ({ tile }: { tile: Tile }) => Math.abs(middle(tile) - middle(tiles[1]!));
    const below = second.reduce((best, one) => (away(one) < away(best) ? one : best));
    expect(await press('ArrowDown')).toBe(below.i);
    expect(await press('ArrowUp')).toBe(1);
    expect(await press('End')).toBe(sampleCount - 1);
    expect(await press('Home')).toBe(0);
    expect(await press('ArrowLeft')).toBe(0);
  });

  it('shows where the keyboard is, below what sticks to the top', async () => {
    await open('');
    await page().locator('.tile .open').first().focus();
    await page().keyboard.press('End');
    for (let i = 0; i < sampleCount; i += 1) {
      await page().keyboard.press('ArrowLeft');
      const seen = await page().evaluate(() => {
        const at = document.activeElement!;
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        const header = document.querySelector('header')!.getBoundingClientRect();
        return { outlineStyle, outlineWidth, isBelow: at.getBoundingClientRect().top >= header.bottom };
      });
      expect(seen).toEqual({ outlineStyle: 'solid', outlineWidth: '3px', isBelow: true });
    }
  });

  it('opens a picture by Enter, and goes on at the one that was looked at last', async () => {
    await open('');
    await page().locator('.tile .open').first().focus();
    await page().keyboard.press('ArrowRight');
    await page().keyboard.press('Enter');
    await page().locator('#viewer .view').first().waitFor();
    await page().keyboard.press('ArrowRight');
    const third = await page().locator('.tile').nth(2).getAttribute('data-name');
    await page().locator('#viewer-title', { hasText: third! }).waitFor();
    await page().keyboard.press('Escape');
    await expect.poll(focused).toBe(2);
    expect(await page().locator('#viewer').isVisible()).toBe(false);
  });

  it('goes on beside a picture that is deleted by keyboard', async () => {
    await open('');
    await page().locator('.tile .open').first().focus();
    await page().keyboard.press('Enter');
    await page().getByRole('button', { name: 'Delete picture' }).focus();
    await page().keyboard.press('Enter');
    await expect.poll(focused).toBe(1);
    await page().getByRole('button', { name: 'Undo' }).click();
    await page()
      .locator('.tile:visible')
      .nth(sampleCount - 1)
      .waitFor();
  });

  it.each([
    ['', 3],
    ['cat dog', 2],
  ])('is even on a phone: “%s” in %i columns', async (query, columns) => {
    await open(query, PHONE);
    const tiles = await frames();
    expect(new Set(tiles.map(({ left }) => Math.round(left))).size).toBe(columns);
    expect(new Set(tiles.flatMap(({ width, height }) => [Math.round(width), Math.round(height)])).size).toBe(
      1,
    );
    expect(tiles[0]!.top).toBeLessThan(PHONE.height / 3);
    expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      PHONE.width,
    );
    // Each picture fills its square.
    const gaps = await page().evaluate(
      () =>
        [...document.querySelectorAll('.tile .frame')].filter((frame) => {
          const inner = frame.getBoundingClientRect();
          const outer = frame.parentElement!.getBoundingClientRect();
          return (
            inner.left > outer.left + 1 ||
            inner.top > outer.top + 1 ||
            inner.right < outer.right - 1 ||
            inner.bottom < outer.bottom - 1
          );
        }).length,
    );
    expect(gaps).toBe(0);
    await page().setViewportSize(DESK);
  });

  it('says in words and signs what a picture lacks of the words', async () => {
    const texts = [['a tram'], ['a tram', 'a bus'], ['a bus'], ['a bus', 'a harbour'], ['a harbour']];
    const documents = texts.map((text, i) => ({ id: `tier-${i}.jpg`, texts: text }));
    await opened.ask('/v1/documents', { method: 'POST', body: JSON.stringify({ documents }) });
    await expect.poll(() => opened.ask('/v1/search?q=name:tier')).toMatchObject({ total: 5 });
    await open('tram bus');
    const named = (name: string) => page().locator('.tile').getByRole('button', { name, exact: true });
    await named('tier-1.jpg').waitFor();
    expect(await page().locator('.badge').allTextContents()).toEqual(Array(3).fill('◐, some words'));
    await page()
      .locator('.tile')
      .getByRole('button', { name: /^tier-2\.jpg ?, some words$/ })
      .click();
    await page().locator('#viewer .tier-line', { hasText: 'It has some of the words' }).waitFor();
    await page().keyboard.press('Escape');
    await page().getByText('Show likely pictures, too').click();
    await page().getByRole('heading', { name: 'Likely' }).waitFor();
    await page().locator('.badge', { hasText: 'likely' }).first().waitFor();
    // A word that found it is not known by its colour alone.
    expect(await page().locator('.tile').first().getByRole('img', { name: 'Found by' }).count()).toBe(2);
  });

  it('breaks nothing on the way', () => {
    expect(opened.complaints).toEqual([]);
  });
});
