import { expect, it } from 'vitest';
import { about, dollars } from '../../../../lib/cli/terminal/dollars.ts';
import { dollarsReport } from '../../../../lib/cli/terminal/dollars-report.ts';

it.each([
  [0, '0.00'],
  [0.0049, 'under 0.01'],
  [0.005, '0.01'],
  [99.994, '99.99'],
  [1_234.5, '1,235'],
])('%f dollars are told as %s', (usd, text) => {
  expect(dollars(usd)).toBe(text);
});

it.each([
  [0, '0'],
  [4.5, '4.5'],
  [123_456, '123,000'],
  [249_000_000, '249 million'],
  [1_234_567_890, '1.23 billion'],
])('about %f is told as %s', (amount, text) => {
  expect(about(amount)).toBe(text);
});

it('dollars by period stand in 80 columns, with what was to be expected', () => {
  const used = { images: 1_200, views: 6_000, inputTokens: 1, outputTokens: 1, readUnits: 1, writeUnits: 1 };
  const usd = { model: 3.1, store: 0.02, total: 3.12 };
  const report = dollarsReport(
    'acme, from 2026-11-01 to 2026-11-30',
    [{ period: '2026-11', ...used, usd }],
    { ...used, usd },
    { modelId: 'us.amazon.nova-2-lite-v1:0', cropPolicy: 'grid-2x2', asks: 1, usd },
  ).split('\n');
  expect(report.slice(0, 3)).toEqual([
    'acme, from 2026-11-01 to 2026-11-30                 model   DynamoDB   together',
    '  2026-11  1,200 images, 6,000 answers               3.10       0.02       3.12',
    '  all  1,200 images, 6,000 answers                   3.10       0.02       3.12',
  ]);
  for (const line of report) expect(line.length).toBeLessThanOrEqual(80);
});
