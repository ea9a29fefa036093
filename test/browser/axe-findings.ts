import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
const SCHEMES = ['light', 'dark'] as const;

/**
 * What axe-core finds serious or critical, at a desk's and a phone's size, light and dark, and where the page is wider than the screen. All rules
 * go by the size, and contrast alone by the scheme. The page has the desk's size then.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  const found: string[] = [];
  // The page's policy lets no script in; the debugger does.
  await page.evaluate(axe.source);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const rules = colorScheme === 'light' ? '' : ', runOnly: ["color-contrast"]';
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } }${rules} })`,
      );
      found.push(
        ...violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, nodes }) =>
            nodes.map(({ html }) => `${id} (${size.width} px, ${colorScheme}): ${html.slice(0, 200)}`),
          ),
      );
    }
    const widthPx = await page.evaluate(() => document.documentElement.scrollWidth);
    if (widthPx > size.width) found.push(`${widthPx} px wide on ${size.width} px`);
  }
  await page.setViewportSize(SIZES[0]!);
  return found;
}
